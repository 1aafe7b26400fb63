-- POSTs the JSON of a file's lines in turn, each time with another payment identifier where a line leaves that open:
-- wrk -s post.lua URL -- FILE
function init(args)
	bodies = {}
	for line in io.lines(args[1]) do
		local before, after = line:match("^(.*)PAYMENT%-IDENTIFIER(.*)$")
		table.insert(bodies, { before = before, after = after, whole = line })
	end
	math.randomseed(os.time())
	prefix = string.format("pay_%016d_", math.random(999999999))
	number = 0
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/json"
end

function request()
	local body = bodies[number % #bodies + 1]
	number = number + 1
	return wrk.format(nil, nil, nil, body.before and body.before .. prefix .. number .. body.after or body.whole)
end
