// The session scheme for clients of @x402: open a session once, register it, and every 402 that it fits is paid from it. Whether
// the facilitator settles at once or commits itself (extra.settlement is "deferred") makes no difference here.
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { Contract, Keypair, Networks, TransactionBuilder, nativeToScVal, rpc } from "@stellar/stellar-sdk";

export const network = "stellar:testnet";
const usdc = "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";
const identifier = "payment-identifier";
const longestSignature = 60; // seconds

// Opens a session that pays a recipient up to the cap (base units, BigInt): approves that to the facilitator on the chain and
// registers it. Which facilitator may spend, and of which asset, is the caller's choice, never that of a server. A session that is
// keyed pays only what its key, which stays in this process, has signed: a captured header buys its own call and no other.
export async function openSession({ secret, facilitatorUrl, rpcUrl, recipient, cap, asset = usdc, ledgers = 720, keyed = false }) {
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
	const key = keyed ? generateKeyPairSync("ed25519") : undefined;
	const sessionKey = key?.publicKey.export({ format: "jwk" }).x;
	const terms = [`x402-session:v${keyed ? 2 : 1}`, network, asset, recipient, cap, expirationLedger, hash];
	const proof = Buffer.from(payer.signMessage((keyed ? [...terms, sessionKey] : terms).join(":"))).toString("base64");
	const registered = await ask(`${facilitatorUrl}/sessions`, "POST", {
		approvalTxHash: hash, user: payer.publicKey(), asset, recipient, cap: String(cap), expirationLedger, network, proof, sessionKey,
	});
	const { sessionId } = registered;
	if (registered.sessionKey !== sessionKey) {
		await ask(`${facilitatorUrl}/sessions/${sessionId}`, "DELETE");
		throw new Error("the facilitator has not taken the session's key; the session is closed");
	}
	return { sessionId, asset, recipient, approval: hash, key: key?.privateKey };
}

async function ask(url, method, body) {
	const headers = { "Content-Type": "application/json" };
	const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
	if (!answer.ok) {
		throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
	}
	return answer.json();
}

// Pays from an open session. Its id is a secret: whoever has it can spend the session at that recipient's, unless it is keyed, so
// it goes only where the session's asset is to be paid to its recipient, for no more than the limit (base units, BigInt). Each
// payment has an identifier, without which nothing is deferred. For the one of a keyed session see signing().
export class SessionScheme {
	scheme = "session";
	#session;
	#maxPerCall;

	constructor(session, maxPerCall) {
		this.#session = session;
		this.#maxPerCall = maxPerCall;
	}

	async createPaymentPayload(x402Version, { asset, payTo, amount }, context) {
		const session = this.#session;
		if (asset !== session.asset || payTo !== session.recipient || BigInt(amount) > this.#maxPerCall) {
			throw new Error(`the session does not pay ${amount} of ${asset} to ${payTo}`);
		}
		const offered = context?.extensions?.[identifier];
		const extensions = { [identifier]: { ...offered, info: { ...offered?.info, id: `pay_${randomUUID()}` } } };
		return { x402Version, payload: { sessionId: session.sessionId }, extensions };
	}

	// What is signed holds the identifier and the resource's URL, which the payment has only now.
	schemeHooks = {
		onAfterPaymentCreation: async ({ paymentPayload }) => {
			if (this.#session.key) {
				Object.assign(paymentPayload.payload, signatureOf(paymentPayload, this.#session));
			}
		},
	};
}

const calls = new AsyncLocalStorage();

// Puts what wrapFetchWithPayment() answers into a function that pays from keyed sessions too: the key signs method, origin and
// body of the call, of which no scheme is told.
export function signing(paying) {
	return async (input, init) => {
		const request = new Request(input, init);
		const body = createHash("sha256").update(new Uint8Array(await request.clone().arrayBuffer())).digest("base64url");
		return calls.run({ method: request.method, origin: new URL(request.url).origin, body }, () => paying(request));
	};
}

function signatureOf({ accepted, resource, extensions }, { approval, key }) {
	const call = calls.getStore();
	if (!call) {
		throw new Error("a keyed session pays by a function of signing() only");
	}
	const { method, origin, body } = call;
	const { url } = resource;
	const validUntil = Math.floor(Date.now() / 1000) + Math.min(longestSignature, accepted.maxTimeoutSeconds);
	const lines = ["x402-session-payment:v1", accepted.network, accepted.asset, accepted.payTo, accepted.amount, approval, method,
		url, extensions[identifier].info.id, String(validUntil), body];
	if (!lines.every((line) => /^[!-~]{1,2048}$/.test(line)) || new URL(url).origin !== origin) {
		throw new Error(`nothing is signed for ${url} where ${origin} was called`);
	}
	return { method, body, validUntil, signature: sign(null, Buffer.from(lines.join("\n")), key).toString("base64url") };
}
