-- count adds to a count, once for each id.
-- KEYS: the count, the id's
-- ARGV: how much, seconds that the count stays
-- Gives 1, or 0 for an id that was counted before

if redis.call('SET', KEYS[2], '', 'NX', 'EX', 60) then
  redis.call('INCRBY', KEYS[1], ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  return 1
end
return 0
