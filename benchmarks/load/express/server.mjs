import express from "express";
import { paymentMiddleware, x402ResourceServer } from "@x402/express";
import { HTTPFacilitatorClient } from "@x402/core/server";

const [port, facilitatorUrl, payTo = "GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG"] = process.argv.slice(2);

// The session scheme: what the facilitator says in /supported goes into the challenge.
class SessionScheme {
	scheme = "session";
	defaultAssetTransferMethod = "default";
	paymentFlows = { default: { supported: ["authorization"], default: "authorization" } };

	async parsePrice(price) {
		return price;
	}

	async enhancePaymentRequirements(requirements, supported) {
		return { ...requirements, extra: { ...requirements.extra, ...supported.extra } };
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
const quote = { line: "A penny saved is a penny earned." };

const app = express();
app.disable("x-powered-by");
const priced = { accepts, description: "A line to think about", mimeType: "application/json" };
app.use(paymentMiddleware({ "GET /quote": priced, "GET /stream": priced }, server));
app.get("/free", (request, response) => response.json(quote));
app.get("/quote", (request, response) => response.json(quote));
app.get("/stream", (request, response) => {
	response.type("text/event-stream");
	for (let event = 0; event < 10; event++) {
		response.write("data: A penny saved is a penny earned.\n\n");
	}
	response.end();
});
app.listen(Number(port), "127.0.0.1", () => console.log("READY"));
