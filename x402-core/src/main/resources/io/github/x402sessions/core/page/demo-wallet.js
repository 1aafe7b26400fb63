/** A key made in this page, for the ledger of this machine only. */

import { accountOf } from "./address.js";
import { base64, concat, fromBase64, fromBase64Url, sha256, utf8 } from "./bytes.js";
import { hashOf, withSignature } from "./envelope.js";
import { Problem } from "./problem.js";

export async function createDemoWallet() {
	let pair;
	try {
		pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
	}
	catch {
		throw new Problem("This browser cannot make Ed25519 keys. A newer one can, or use Freighter.");
	}
	return restoreDemoWallet(await crypto.subtle.exportKey("jwk", pair.privateKey));
}

export async function restoreDemoWallet(key) {
	const privateKey = await crypto.subtle.importKey("jwk", key, "Ed25519", false, ["sign"]);
	const publicKey = fromBase64Url(key.x + "=".repeat((4 - key.x.length % 4) % 4));
	const sign = async (bytes) => new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, bytes));
	return {
		kind: "demo",
		name: "Demo wallet",
		address: accountOf(publicKey),
		saved: { kind: "demo", key },
		async signTransaction(envelope, passphrase) {
			return withSignature(envelope, publicKey, await sign(await hashOf(envelope, passphrase)));
		},
		/** SEP-43: the signature, base64, of what is hashed. */
		async signAuthEntry(preimage) {
			return base64(await sign(await sha256(fromBase64(preimage))));
		},
		/** SEP-53. */
		async signMessage(message) {
			return base64(await sign(await sha256(concat(utf8("Stellar Signed Message:\n"), utf8(message)))));
		},
	};
}
