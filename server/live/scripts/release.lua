-- release ends a lease if it is the operation's.
-- KEYS: the player's lease
-- ARGV: the operation
-- Gives how many it ended

if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
