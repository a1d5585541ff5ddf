-- mark moves players' marks forward and keeps those of the two latest rounds. Those of bonus chances, window 0,
-- are kept apart: they are used beside those of the windows.
-- KEYS: the players'
-- ARGV: seconds that the key stays; each player's chance, "round,window,index"
-- Gives how many it looked at

local function read(text)
  local round, window, index = string.match(text, '^(%d+),(%d+),(%d+)$')
  return { text = text, round = tonumber(round), window = tonumber(window), index = tonumber(index) }
end

-- later says whether a was used after b
local function later(a, b)
  if a.round ~= b.round then
    return a.round > b.round
  elseif a.window ~= b.window then
    return a.window > b.window
  end
  return a.index > b.index
end

for i, key in ipairs(KEYS) do
  local marks = { read(ARGV[i + 1]) }
  local field = marks[1].window == 0 and 'b' or 'm'
  for text in string.gmatch(redis.call('HGET', key, field) or '', '[^;]+') do
    marks[#marks + 1] = read(text)
  end
  table.sort(marks, later)
  local first, second = marks[1], nil
  for j = 2, #marks do
    if marks[j].round ~= first.round then
      second = marks[j]
      break
    end
  end
  redis.call('HSET', key, field, second and first.text .. ';' .. second.text or first.text)
  redis.call('EXPIRE', key, ARGV[1])
end
return #KEYS
