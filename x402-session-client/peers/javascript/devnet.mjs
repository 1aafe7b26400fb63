// What payers of a devnet begin with.
import assert from "node:assert/strict";
import { Keypair } from "@stellar/stellar-sdk";
import { decodePaymentRequiredHeader } from "@x402/core/http";

// What a URL asks for, by its 402.
export async function termsOf(url) {
	const unpaid = await fetch(url);
	assert.equal(unpaid.status, 402);
	return decodePaymentRequiredHeader(unpaid.headers.get("payment-required")).accepts[0];
}

// The secret key of a new account with a token to spend.
export async function fundedSecret(rpcUrl) {
	const payer = Keypair.random();
	for (const path of [`friendbot?addr=${payer.publicKey()}`, `faucet?addr=${payer.publicKey()}&amount=1`]) {
		assert.equal((await fetch(new URL(path, rpcUrl))).status, 200, path);
	}
	return payer.secret();
}
