// What the servers of @x402 have in common: the session scheme, registered the way their documentation says, and what
// they sell. Beside each server when it runs.
const network = "stellar:testnet";

// What the facilitator says in /supported goes into the challenge.
class SessionScheme {
	scheme = "session";
	defaultAssetTransferMethod = "default";
	paymentFlows = { default: { supported: ["authorization"], default: "authorization" } };

	constructor(facilitatorUrl) {
		this.facilitatorUrl = facilitatorUrl;
	}

	async parsePrice(price) {
		return price;
	}

	async enhancePaymentRequirements(requirements, supported) {
		const extra = { ...requirements.extra, ...supported.extra, facilitatorUrl: this.facilitatorUrl };
		return { ...requirements, extra };
	}
}

exports.register = (server, facilitatorUrl) => server.register(network, new SessionScheme(facilitatorUrl));

exports.priced = (payTo) => ({
	accepts: {
		scheme: "session",
		network,
		price: { amount: "100000", asset: "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA" },
		payTo,
		maxTimeoutSeconds: 300,
	},
	description: "A line to think about",
	mimeType: "application/json",
});

exports.quote = { line: "A penny saved is a penny earned." };
