// Pays once for a reply by exact, with @x402/fetch and @x402/stellar as they are, and then finds what it has paid for in the
// catalogue of the facilitator, where nobody has registered it. What the facilitator told the server stays there: no answer to
// the buyer has EXTENSION-RESPONSES among the headers as they came. Arguments: the URL, the facilitator and the RPC URL of a
// devnet, HTTPS.
import assert from "node:assert/strict";
import { subscribe } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import { decodePaymentRequiredHeader, decodePaymentResponseHeader } from "@x402/core/http";
import { wrapFetchWithPayment, x402Client } from "@x402/fetch";
import { createEd25519Signer } from "@x402/stellar";
import { ExactStellarScheme } from "@x402/stellar/exact/client";
import { fundedSecret } from "./devnet.mjs";

const network = "stellar:testnet";
const [url, facilitator, rpcUrl] = process.argv.slice(2);
const question = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ message: "What is a fair price?" }) };

const answers = [];
subscribe("undici:request:headers", ({ request, response }) => {
	if (new URL(url).origin === String(request.origin)) {
		answers.push({ status: response.statusCode, names: response.headers.map(String).filter((_, i) => i % 2 === 0) });
	}
});

async function listed() {
	const answer = await fetch(new URL(`/discovery/search?${new URLSearchParams({ query: "reply of the chat bot", network, scheme: "exact" })}`, facilitator));
	assert.equal(answer.status, 200);
	return (await answer.json()).resources.find(({ resource }) => resource === url);
}

assert.equal(await listed(), undefined, "it is listed before anybody has paid");
const unpaid = await fetch(url, question);
assert.equal(unpaid.status, 402);
const { accepts, extensions } = decodePaymentRequiredHeader(unpaid.headers.get("payment-required"));
const { asset, amount } = accepts.find(({ scheme }) => scheme === "exact");
assert.ok(extensions.bazaar, "the server declares nothing");

const scheme = new ExactStellarScheme(createEd25519Signer(await fundedSecret(rpcUrl), network), { url: rpcUrl });
const client = new x402Client().register(network, scheme).setSpendControls({ allowedAssets: [{ network, asset }] });
const paid = await wrapFetchWithPayment(fetch, client)(url, question);
assert.equal(paid.status, 200);
assert.match((await paid.json()).reply, /\w+/);
assert.equal(decodePaymentResponseHeader(paid.headers.get("payment-response")).success, true);

let found;
for (let i = 0; i < 60 && !(found = await listed()); i++) {
	await sleep(500);
}
assert.ok(found, "what was paid for is not found");
assert.equal(found.type, "http");
assert.equal(found.extensions.bazaar.info.input.method, "POST");
assert.deepEqual(found.accepts.map(({ scheme, amount }) => ({ scheme, amount })), [{ scheme: "exact", amount }]);

assert.deepEqual(answers.map(({ status }) => status), [402, 402, 200]);
assert.ok(answers[2].names.some((name) => name.toLowerCase() === "payment-response"));
for (const { names } of answers) {
	assert.ok(!names.some((name) => name.toLowerCase() === "extension-responses"), "EXTENSION-RESPONSES has come to the buyer");
}
