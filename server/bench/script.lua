-- The booking of a win in Redis alone, with the book left for later: a stream of what has to be
-- written there.
-- KEYS: the player's album, the stream, the stock
-- ARGV: the chance, the outcome, its card, 1 where it is limited, the time
-- Gives n, the five counts, the serial
local album, stream, stock = KEYS[1], KEYS[2], KEYS[3]
if redis.call('HSETNX', album, ARGV[1], ARGV[2]) == 0 then
  return redis.error_reply('spent')
end
local n = redis.call('HINCRBY', album, 'n', 1)
redis.call('HINCRBY', album, 'c' .. ARGV[3], 1)
local serial = 0
if ARGV[4] == '1' then
  serial = redis.call('INCR', stock)
end
redis.call('XADD', stream, 'MAXLEN', '~', 1000000, '*', 'p', album, 'c', ARGV[1], 'o', ARGV[2], 'n', n, 's', serial, 't', ARGV[5])
local counts = redis.call('HMGET', album, 'c1', 'c2', 'c3', 'c4', 'c5')
return { n, tonumber(counts[1] or 0), tonumber(counts[2] or 0), tonumber(counts[3] or 0), tonumber(counts[4] or 0), tonumber(counts[5] or 0), serial }
