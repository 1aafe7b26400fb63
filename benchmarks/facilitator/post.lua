-- POSTs the JSON of a file's lines in turn, each time with another payment identifier where a line leaves that open:
-- wrk -s post.lua URL -- FILE
-- Prints "Refused:" and their number where answers that are 2xx say no.
local threads = {}

function setup(thread)
	table.insert(threads, thread)
end

function init(args)
	bodies = {}
	for line in io.lines(args[1]) do
		local before, after = line:match("^(.*)PAYMENT%-IDENTIFIER(.*)$")
		table.insert(bodies, { before = before, after = after, whole = line })
	end
	math.randomseed(os.time())
	prefix = string.format("pay_%016d_", math.random(999999999))
	number = 0
	refused = 0
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/json"
end

function request()
	local body = bodies[number % #bodies + 1]
	number = number + 1
	return wrk.format(nil, nil, nil, body.before and body.before .. prefix .. number .. body.after or body.whole)
end

function response(status, headers, body)
	if body:find('"isValid":false', 1, true) or body:find('"success":false', 1, true) then
		refused = refused + 1
	end
end

function done(summary, latency, requests)
	local sum = 0
	for _, thread in ipairs(threads) do
		sum = sum + thread:get("refused")
	end
	if sum > 0 then
		io.write("Refused: ", sum, "\n")
	end
end
