// What payers of a devnet begin with.
import assert from "node:assert/strict";
import { Asset, Keypair, rpc } from "@stellar/stellar-sdk";
import { decodePaymentRequiredHeader } from "@x402/core/http";

// What a URL asks for, by its 402.
export async function termsOf(url) {
	const unpaid = await fetch(url);
	assert.equal(unpaid.status, 402);
	return decodePaymentRequiredHeader(unpaid.headers.get("payment-required")).accepts[0];
}

// The secret key of a new account with tokens to spend.
export async function fundedSecret(rpcUrl, amount = 1) {
	const payer = Keypair.random();
	for (const path of [`friendbot?addr=${payer.publicKey()}`, `faucet?addr=${payer.publicKey()}&amount=${amount}`]) {
		assert.equal((await fetch(new URL(path, rpcUrl))).status, 200, path);
	}
	return payer.secret();
}

// The USDC of an account, base units.
export async function balanceOf(rpcUrl, account) {
	const chain = new rpc.Server(rpcUrl, { allowHttp: rpcUrl.startsWith("http:") });
	const usdc = new Asset("USDC", "GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5");
	return BigInt((await chain.getTrustline(account, usdc)).balance);
}
