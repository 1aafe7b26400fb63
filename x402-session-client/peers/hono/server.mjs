// A Hono application behind the middleware of @x402/hono.
import { serve } from "@hono/node-server";
import { HTTPFacilitatorClient } from "@x402/core/server";
import { paymentMiddleware, x402ResourceServer } from "@x402/hono";
import { Hono } from "hono";

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
const app = new Hono();
app.use(paymentMiddleware({
	"GET /quote": { accepts, description: "A line to think about", mimeType: "application/json" },
}, server));
app.get("/quote", (context) => context.json({ line: "A penny saved is a penny earned." }));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(port) }, () => console.log("READY"));
