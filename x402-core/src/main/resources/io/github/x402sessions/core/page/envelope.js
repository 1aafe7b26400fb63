/**
 * The little of XDR that signing takes. An envelope is its kind (4 bytes), the transaction and a list of signatures;
 * of an unsigned one the list is a count of nought, the last 4 bytes.
 */

import { base64, concat, fromBase64, sha256, utf8 } from "./bytes.js";

const COUNT = 4;

/** The hash that a signature is over, and that the ledger knows the transaction by. */
export async function hashOf(envelope, passphrase) {
	return sha256(concat(await sha256(utf8(passphrase)), unsigned(envelope)));
}

/** The envelope with one signature: a count of one, the last 4 bytes of the key, the signature and its length. */
export function withSignature(envelope, publicKey, signature) {
	return base64(concat(unsigned(envelope), Uint8Array.of(0, 0, 0, 1), publicKey.slice(-4),
		Uint8Array.of(0, 0, 0, signature.length), signature));
}

function unsigned(envelope) {
	const bytes = fromBase64(envelope);
	if (bytes.length < 8 || bytes[3] !== 2 || bytes.slice(-COUNT).some((byte) => byte !== 0)) {
		throw new Error("The facilitator's transaction is not one that can be signed.");
	}
	return bytes.slice(0, -COUNT);
}
