-- wrk -s wrk.lua URL -- FILE BEGINNING TOKEN: sends the requests of FILE over and over, a line each: method, path and body with
-- tabs between; {unique} in a body is a text that no other request has. Counts answers that are no 200 or begin otherwise.
-- The last line of the output is what was measured, as JSON.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  local file
  file, beginning, token = arguments[1], arguments[2], arguments[3]
  wrong, sent, requests = 0, 0, {}
  for line in io.lines(file) do
    local method, path, body = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
    if body == "" then body = nil end
    local unique = body ~= nil and body:find("{unique}", 1, true) ~= nil
    table.insert(requests, { method = method, path = path, body = body, text = not unique and wrk.format(method, path, nil, body) })
  end
  -- Threads begin at different requests.
  sent = number * math.floor(#requests / 2)
end

function request()
  sent = sent + 1
  local next = requests[(sent - 1) % #requests + 1]
  if next.text then return next.text end
  return wrk.format(next.method, next.path, nil, (next.body:gsub("{unique}", token .. "-" .. number .. "-" .. sent)))
end

function response(status, headers, body)
  if status == 200 and body:sub(1, #beginning) == beginning then return end
  wrong = wrong + 1
  if wrong == 1 then io.stderr:write(status, " ", body:sub(1, 500), "\n") end
end

function done(summary, latency)
  local wrongs = 0
  for _, thread in ipairs(threads) do wrongs = wrongs + thread:get("wrong") end
  local errors = summary.errors
  print(string.format(
    '{"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "wrong": %d, "failed": %d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), wrongs,
    errors.connect + errors.read + errors.write + errors.timeout))
end
