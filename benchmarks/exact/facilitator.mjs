// The facilitator of @x402/stellar behind Node's HTTP server: as many signers as there are secret keys, one per line of a file.
// Arguments: port, JSON-RPC URL, file of secret keys.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { x402Facilitator } from "@x402/core/facilitator";
import { createEd25519Signer } from "@x402/stellar";
import { ExactStellarScheme } from "@x402/stellar/exact/facilitator";

const [port, url, secrets] = process.argv.slice(2);
const network = "stellar:testnet";
const signers = readFileSync(secrets, "utf8").trim().split("\n").map((secret) => createEd25519Signer(secret, network));
const facilitator = new x402Facilitator().register(network, new ExactStellarScheme(signers, { rpcConfig: { url } }));

async function answer(request) {
	if (request.url === "/supported") {
		return facilitator.getSupported();
	}
	const parts = [];
	for await (const part of request) {
		parts.push(part);
	}
	const { paymentPayload, paymentRequirements } = JSON.parse(Buffer.concat(parts).toString());
	return request.url === "/settle" ? facilitator.settle(paymentPayload, paymentRequirements)
		: facilitator.verify(paymentPayload, paymentRequirements);
}

createServer(async (request, response) => {
	const body = JSON.stringify(await answer(request));
	response.writeHead(200, { "Content-Type": "application/json" }).end(body);
}).listen(Number(port), "127.0.0.1", () => console.log("READY"));
