// The session scheme for clients of @x402: open a session once, register it, and every 402 that it fits is paid from it.
import { Contract, Keypair, Networks, TransactionBuilder, nativeToScVal, rpc } from "@stellar/stellar-sdk";

export const network = "stellar:testnet";
const usdc = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";

// Opens a session that pays a recipient up to the cap (base units, BigInt): approves that to the facilitator on the chain and
// registers it. Which facilitator may spend, and of which asset, is the caller's choice, never that of a server.
export async function openSession({ secret, facilitatorUrl, rpcUrl, recipient, cap, asset = usdc, ledgers = 720 }) {
	const payer = Keypair.fromSecret(secret);
	const { kinds } = await ask(`${facilitatorUrl}/supported`);
	const { spender } = kinds.find((kind) => kind.scheme === "session" && kind.network === network).extra;

	const chain = new rpc.Server(rpcUrl, { allowHttp: rpcUrl.startsWith("http:") });
	const expirationLedger = (await chain.getLatestLedger()).sequence + ledgers;
	const address = (account) => nativeToScVal(account, { type: "address" });
	const approve = new Contract(asset).call("approve", address(payer.publicKey()), address(spender),
		nativeToScVal(cap, { type: "i128" }), nativeToScVal(expirationLedger, { type: "u32" }));
	const account = await chain.getAccount(payer.publicKey());
	const unsigned = new TransactionBuilder(account, { fee: "100", networkPassphrase: Networks.TESTNET })
		.addOperation(approve)
		.setTimeout(60)
		.build();
	const transaction = await chain.prepareTransaction(unsigned);
	transaction.sign(payer);
	const { hash } = await chain.sendTransaction(transaction);
	const landed = await chain.pollTransaction(hash, { attempts: 60 });
	if (landed.status !== "SUCCESS") {
		throw new Error(`the approve ${hash} has not landed: ${landed.status}`);
	}

	// The owner says whom the session pays: an approve is public, and without this anybody could register it.
	const terms = ["x402-session:v1", network, asset, recipient, cap, expirationLedger, hash].join(":");
	const proof = Buffer.from(payer.signMessage(terms)).toString("base64");
	const { sessionId } = await ask(`${facilitatorUrl}/sessions`, {
		approvalTxHash: hash, user: payer.publicKey(), asset, recipient, cap: String(cap), expirationLedger, network, proof,
	});
	return { sessionId, asset, recipient };
}

async function ask(url, body) {
	const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
	const answer = await fetch(url, body && post);
	if (!answer.ok) {
		throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
	}
	return answer.json();
}

// Pays from an open session. Its id is a secret: whoever has it can spend the session at that recipient's, so it goes only
// where the session's asset is to be paid to its recipient, for no more than the limit (base units, BigInt).
export class SessionScheme {
	scheme = "session";
	#session;
	#maxPerCall;

	constructor(session, maxPerCall) {
		this.#session = session;
		this.#maxPerCall = maxPerCall;
	}

	async createPaymentPayload(x402Version, { asset, payTo, amount }) {
		const session = this.#session;
		if (asset !== session.asset || payTo !== session.recipient || BigInt(amount) > this.#maxPerCall) {
			throw new Error(`the session does not pay ${amount} of ${asset} to ${payTo}`);
		}
		return { x402Version, payload: { sessionId: session.sessionId } };
	}
}
