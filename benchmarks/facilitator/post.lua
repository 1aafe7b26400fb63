-- POSTs the JSON of a file, again and again: wrk -s post.lua URL -- FILE
function init(args)
	local file = io.open(args[1])
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/json"
	wrk.body = file:read("*a")
	file:close()
end
