-- allow is the generic cell rate algorithm: of a key it keeps the time at which all that was
-- allowed would have come one by one. The last id that was allowed is allowed again, without
-- being counted again.
-- KEYS: the limit's
-- ARGV: how many, in how many microseconds, an id of the question
-- Gives 0, or the microseconds to wait

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
-- Whole microseconds, so that rounding never adds up to a refusal.
local step = math.max(1, math.floor(ARGV[2] / ARGV[1]))

local due, id = now, nil
local have = redis.call('GET', KEYS[1])
if have then
  local text
  text, id = string.match(have, '^(%d+),(.*)$')
  due = math.max(now, tonumber(text))
end
if id == ARGV[3] then
  return 0
end
local wait = due + step - step * ARGV[1] - now
if wait > 0 then
  return wait
end
due = due + step
redis.call('SET', KEYS[1], string.format('%.0f', due) .. ',' .. ARGV[3], 'PX', math.ceil((due - now) / 1000))
return 0
