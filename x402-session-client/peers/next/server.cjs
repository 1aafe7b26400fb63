// A route handler of Next behind withX402, served without the rest of Next.
const { createServer } = require("node:http");
const { NextRequest, NextResponse } = require("next/server");
const { withX402, x402ResourceServer } = require("@x402/next");
const { HTTPFacilitatorClient } = require("@x402/core/server");
const { priced, quote, register } = require("./session.cjs");

const [port, facilitatorUrl, payTo] = process.argv.slice(2);
const server = register(new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitatorUrl })), facilitatorUrl);
const GET = withX402(async () => NextResponse.json(quote), priced(payTo), server);

createServer(async (request, response) => {
	const answer = await GET(new NextRequest(`http://127.0.0.1:${port}${request.url}`, { headers: request.headers }));
	response.writeHead(answer.status, Object.fromEntries(answer.headers));
	response.end(Buffer.from(await answer.arrayBuffer()));
}).listen(Number(port), "127.0.0.1", () => console.log("READY"));
