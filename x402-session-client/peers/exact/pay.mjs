// Pays a server twice by exact, with @x402/fetch or @x402/axios and @x402/stellar as they are: no session, each call is a transfer
// that its payer signs. A third call costs more than there is left and is refused. Arguments: fetch or axios, the URL and
// the RPC URL of a devnet, HTTPS.
import assert from "node:assert/strict";
import { Keypair } from "@stellar/stellar-sdk";
import { decodePaymentRequiredHeader, decodePaymentResponseHeader } from "@x402/core/http";
import { createEd25519Signer } from "@x402/stellar";
import { ExactStellarScheme } from "@x402/stellar/exact/client";
import { getter } from "./clients.mjs";
import { balanceOf, fundedSecret } from "./devnet.mjs";

const network = "stellar:testnet";
const [name, url, rpcUrl] = process.argv.slice(2);

const unpaid = await fetch(url);
assert.equal(unpaid.status, 402);
const { accepts } = decodePaymentRequiredHeader(unpaid.headers.get("payment-required"));
const { asset, amount, extra } = accepts.find(({ scheme }) => scheme === "exact");
assert.equal(extra.areFeesSponsored, true);

const secret = await fundedSecret(rpcUrl, 2.5 * Number(amount) / 1e7);
const payer = Keypair.fromSecret(secret).publicKey();
const get = getter(name, url, network, new ExactStellarScheme(createEd25519Signer(secret, network), { url: rpcUrl }), asset);
const had = await balanceOf(rpcUrl, payer);
const transactions = new Set();
for (let call = 0; call < 2; call++) {
	const { status, header, body } = await get();
	assert.equal(status, 200);
	assert.match(body.quote, /\w+ \w+/);
	const receipt = decodePaymentResponseHeader(header("payment-response"));
	assert.equal(receipt.success, true);
	assert.equal(receipt.payer, payer);
	assert.match(receipt.transaction, /^[0-9a-f]{64}$/);
	transactions.add(receipt.transaction);
}
assert.equal(transactions.size, 2);
// The ledger refuses the third before anybody signs it: there is half of its price left.
await assert.rejects(get());
assert.equal(had - await balanceOf(rpcUrl, payer), 2n * BigInt(amount));
