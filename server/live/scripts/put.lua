-- put writes albums, each only if it is later than the one that is there, and so changes nothing
-- when it runs again.
-- KEYS: the players'
-- ARGV: seconds that an album is good for; seconds that the key stays; each player's album
-- Gives how many it wrote

local now = tonumber(redis.call('TIME')[1])
local written = 0
for i, key in ipairs(KEYS) do
  local album = ARGV[i + 2]
  local have = redis.call('HGET', key, 'a')
  local expires, n
  if have then
    expires, n = string.match(have, '^(%d+),(%d+),')
  end
  if not n or tonumber(expires) <= now or tonumber(n) < tonumber(string.match(album, '^%d+')) then
    redis.call('HSET', key, 'a', string.format('%.0f', now + ARGV[1]) .. ',' .. album)
    redis.call('EXPIRE', key, ARGV[2])
    written = written + 1
  end
end
return written
