-- Shakes for wrk: request k is of player k modulo players, and spends taps chances from
-- first + taps * (k div players) on. With what = "me" it reads the player's state instead.
local tokens, players = {}, 0
local what, path = os.getenv('BENCH_WHAT'), os.getenv('BENCH_PATH')
local taps, first = tonumber(os.getenv('BENCH_TAPS')), tonumber(os.getenv('BENCH_FIRST'))
local k = 0

function init()
  for line in io.lines(os.getenv('BENCH_TOKENS')) do
    players = players + 1
    tokens[players] = line
  end
end

function request()
  local token = tokens[k % players + 1]
  local index = first + taps * math.floor(k / players)
  k = k + 1
  if what == 'me' then
    return 'GET ' .. path .. ' HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ' .. token .. '\r\n\r\n'
  end
  local body = '{"round":1,"window":1,"index":' .. index .. ',"taps":' .. taps .. '}'
  return 'POST ' .. path .. ' HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ' .. token ..
    '\r\nContent-Type: application/json\r\nContent-Length: ' .. #body .. '\r\n\r\n' .. body
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('BENCH %d %d %d %d %d\n', summary.requests, summary.duration,
    e.status, e.connect + e.read + e.write + e.timeout, latency:percentile(99)))
end
