// What the servers of @x402 have in common: the session scheme, registered the way their documentation says, and what
// they sell. Beside each server when it runs, with its arguments: a port, the facilitator and the account that is paid.
const { HTTPFacilitatorClient, x402ResourceServer } = require("@x402/core/server");

const [port, facilitatorUrl, payTo] = process.argv.slice(2);
const network = "stellar:testnet";

// What the facilitator says in /supported goes into the challenge.
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

exports.port = Number(port);
exports.server = new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitatorUrl }))
	.register(network, new SessionScheme());
exports.priced = {
	accepts: {
		scheme: "session",
		network,
		price: { amount: "100000", asset: "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA" },
		payTo,
		maxTimeoutSeconds: 300,
		// The facilitator may commit itself in place of settling, where it does that.
		...(process.env.SETTLEMENT && { extra: { settlement: process.env.SETTLEMENT } }),
	},
	description: "A line to think about",
	mimeType: "application/json",
};
exports.quote = { line: "A penny saved is a penny earned." };
