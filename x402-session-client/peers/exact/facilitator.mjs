// The JavaScript facilitator for exact on Stellar, behind the three calls of x402. Arguments: a port and the RPC URL of a devnet,
// HTTPS. Who calls has to send the key in KEY, if there is one.
import { x402Facilitator } from "@x402/core/facilitator";
import { createEd25519Signer } from "@x402/stellar";
import { ExactStellarScheme } from "@x402/stellar/exact/facilitator";
import express from "express";
import { fundedSecret } from "./devnet.mjs";

const network = "stellar:testnet";
const [port, rpcUrl] = process.argv.slice(2);

const signer = createEd25519Signer(await fundedSecret(rpcUrl), network);
const facilitator = new x402Facilitator()
	.register(network, new ExactStellarScheme([signer], { rpcConfig: { url: rpcUrl } }));

const app = express();
app.use((request, response, next) => {
	const { KEY } = process.env;
	KEY && request.get("Authorization") !== `Bearer ${KEY}` ? response.status(401).json({ error: "no key" }) : next();
});
app.use(express.json());
app.get("/supported", (request, response) => response.json(facilitator.getSupported()));
for (const call of ["verify", "settle"]) {
	app.post(`/${call}`, async ({ body }, response) => {
		response.json(await facilitator[call](body.paymentPayload, body.paymentRequirements));
	});
}
app.listen(Number(port), "127.0.0.1", () => console.log("READY"));
