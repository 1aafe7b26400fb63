// Pays a server twice with @x402/fetch or @x402/axios from a session that is then spent, and is refused a third time. What
// costs more than a call may is not paid. Arguments: fetch or axios, the URL, the facilitator and the RPC URL of a devnet.
import assert from "node:assert/strict";
import { Keypair } from "@stellar/stellar-sdk";
import { decodePaymentRequiredHeader, decodePaymentResponseHeader } from "@x402/core/http";
import { getter } from "./clients.mjs";
import { fundedSecret, termsOf } from "./devnet.mjs";
import { SessionScheme, network, openSession } from "./session.mjs";

const [name, url, facilitatorUrl, rpcUrl] = process.argv.slice(2);

const { payTo, amount, asset } = await termsOf(url);
const secret = await fundedSecret(rpcUrl);
const price = BigInt(amount);
const session = await openSession({ secret, facilitatorUrl, rpcUrl, recipient: payTo, cap: 2n * price });
await assert.rejects(getter(name, url, network, new SessionScheme(session, price - 1n), asset)(), /the session does not pay/);
const get = getter(name, url, network, new SessionScheme(session, price), asset);

for (let call = 0; call < 2; call++) {
	const { status, header, body } = await get();
	assert.equal(status, 200);
	assert.match(body.quote, /\w+ \w+/);
	const receipt = decodePaymentResponseHeader(header("payment-response"));
	assert.equal(receipt.success, true);
	assert.equal(receipt.amount, amount);
	assert.equal(receipt.payer, Keypair.fromSecret(secret).publicKey());
	assert.match(receipt.transaction, /^[0-9a-f]{64}$/);
}
const refused = await get();
assert.equal(refused.status, 402);
assert.equal(refused.body.quote, undefined);
assert.equal(decodePaymentRequiredHeader(refused.header("payment-required")).error, "cap_exceeded");
assert.equal(decodePaymentResponseHeader(refused.header("payment-response")).errorReason, "cap_exceeded");
