-- POSTs the JSON of a file, each time with another payment identifier where it leaves that open: wrk -s post.lua URL -- FILE
function init(args)
	local file = io.open(args[1])
	body = file:read("*a")
	before, after = body:match("^(.*)PAYMENT%-IDENTIFIER(.*)$")
	file:close()
	math.randomseed(os.time())
	prefix = string.format("pay_%016d_", math.random(999999999))
	number = 0
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/json"
end

function request()
	number = number + 1
	return wrk.format(nil, nil, nil, before and before .. prefix .. number .. after or body)
end
