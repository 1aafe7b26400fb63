// A route handler of Next behind withX402, served without the rest of Next.
const { createServer } = require("node:http");
const { NextRequest, NextResponse } = require("next/server");
const { withX402, x402ResourceServer } = require("@x402/next");
const { HTTPFacilitatorClient } = require("@x402/core/server");

const [port, facilitatorUrl, payTo] = process.argv.slice(2);

class SessionScheme {
	scheme = "session";
	defaultAssetTransferMethod = "default";
	paymentFlows = { default: { supported: ["authorization"], default: "authorization" } };

	async parsePrice(price) {
		return price;
	}

	async enhancePaymentRequirements(requirements, supported) {
		return { ...requirements, extra: { ...requirements.extra, ...supported.extra, facilitatorUrl } };
	}
}

const server = new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitatorUrl }))
	.register("stellar:testnet", new SessionScheme());
const accepts = {
	scheme: "session",
	network: "stellar:testnet",
	price: { amount: "100000", asset: "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA" },
	payTo,
	maxTimeoutSeconds: 300,
};
const GET = withX402(async () => NextResponse.json({ line: "A penny saved is a penny earned." }),
	{ accepts, description: "A line to think about", mimeType: "application/json" }, server);

createServer(async (request, response) => {
	const answer = await GET(new NextRequest(`http://127.0.0.1:${port}${request.url}`, { headers: request.headers }));
	response.writeHead(answer.status, Object.fromEntries(answer.headers));
	response.end(Buffer.from(await answer.arrayBuffer()));
}).listen(Number(port), "127.0.0.1", () => console.log("READY"));
