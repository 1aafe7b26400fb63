// A route handler of Next behind withX402, served without the rest of Next.
const { createServer } = require("node:http");
const { NextRequest, NextResponse } = require("next/server");
const { withX402 } = require("@x402/next");
const { port, priced, quote, server } = require("./session.cjs");

const GET = withX402(async () => NextResponse.json(quote), priced, server);

createServer(async (request, response) => {
	const answer = await GET(new NextRequest(`http://127.0.0.1:${port}${request.url}`, { headers: request.headers }));
	response.writeHead(answer.status, Object.fromEntries(answer.headers));
	response.end(Buffer.from(await answer.arrayBuffer()));
}).listen(port, "127.0.0.1", () => console.log("READY"));
