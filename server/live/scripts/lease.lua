-- lease says whether an album has what a redemption burns, and if so takes the player's lease for
-- its operation. The operation that has the lease gets it again.
-- KEYS: the player's, the player's lease
-- ARGV: the operation, milliseconds of the lease, what is burned of each card, wildcards burned
-- Gives a verdict: ready, incomplete, redeemed, leased or unknown

local have = redis.call('HGET', KEYS[1], 'a')
if not have then
  return 'unknown'
end
local album = {}
for number in string.gmatch(have, '%d+') do
  album[#album + 1] = tonumber(number)
end
-- 1 is when the album ends to be one, 2 is n, 3 to 7 are the cards, 8 the wildcards
if #album ~= 12 or album[1] <= tonumber(redis.call('TIME')[1]) then
  return 'unknown'
end
if album[9] == 1 then
  return 'redeemed'
end
for i = 3, 8 do
  if album[i] < tonumber(ARGV[i]) then
    return 'incomplete'
  end
end
local holder = redis.call('GET', KEYS[2])
if holder and holder ~= ARGV[1] then
  return 'leased'
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 'ready'
