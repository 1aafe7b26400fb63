// Pays a server on credit with @x402/fetch: two calls from a session that is then spent are answered with the facilitator's
// commitments, which a ledger confirms soon after, and a third one is refused. Arguments: plain or keyed, for the session, the
// URL, the facilitator and the RPC URL of a devnet.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { decodePaymentRequiredHeader, decodePaymentResponseHeader } from "@x402/core/http";
import { wrapFetchWithPayment, x402Client } from "@x402/fetch";
import { fundedSecret, termsOf } from "./devnet.mjs";
import { SessionScheme, network, openSession, signing } from "./session.mjs";

const [kind, url, facilitatorUrl, rpcUrl] = process.argv.slice(2);
const keyed = kind === "keyed";
const calls = 2;

const { payTo, amount, asset, extra } = await termsOf(url);
assert.equal(extra.settlement, "deferred");
const price = BigInt(amount);
const secret = await fundedSecret(rpcUrl);
// The facilitator lends to sessions that last another 720 ledgers.
const session = await openSession({ secret, facilitatorUrl, rpcUrl, recipient: payTo, cap: BigInt(calls) * price, ledgers: 1440, keyed });
const client = new x402Client().register(network, new SessionScheme(session, price))
	.setSpendControls({ allowedAssets: [{ network, asset }] });
const paying = wrapFetchWithPayment(fetch, client);
if (keyed) {
	await assert.rejects(paying(url), /pays by a function of signing/);
}
const pay = keyed ? signing(paying) : paying;

const commitments = new Set();
for (let call = 0; call < calls; call++) {
	const answer = await pay(url);
	assert.equal(answer.status, 200);
	assert.match((await answer.json()).line, /\w+ \w+/);
	const receipt = decodePaymentResponseHeader(answer.headers.get("payment-response"));
	assert.equal(receipt.success, true);
	assert.equal(receipt.amount, amount);
	assert.match(receipt.transaction, /^cmt_[A-Za-z0-9_-]{22}$/);
	commitments.add(receipt.transaction);
}
assert.equal(commitments.size, calls);
const refused = await pay(url);
assert.equal(refused.status, 402);
assert.equal(decodePaymentRequiredHeader(refused.headers.get("payment-required")).error, "cap_exceeded");

const ask = async (path) => (await fetch(`${facilitatorUrl}${path}`)).json();
const transactions = new Set();
for (const commitment of commitments) {
	let settlement = await ask(`/settlements/${commitment}`);
	for (let second = 0; settlement.status !== "confirmed" && second < 60; second++) {
		await sleep(1000);
		settlement = await ask(`/settlements/${commitment}`);
	}
	assert.equal(settlement.status, "confirmed");
	assert.equal(settlement.amount, amount);
	assert.match(settlement.transaction, /^[0-9a-f]{64}$/);
	transactions.add(settlement.transaction);
}
const books = await ask(`/sessions/${session.sessionId}`);
assert.equal(BigInt(books.spent), BigInt(calls) * price);
assert.equal(BigInt(books.committed), 0n);
assert.equal(BigInt(books.remaining), 0n);
console.log(`${commitments.size} commitments, settled by ${transactions.size} transaction(s)`);
