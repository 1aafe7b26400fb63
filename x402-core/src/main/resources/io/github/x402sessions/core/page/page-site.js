/**
 * What a page runs on that knows a facilitator and nothing else: the facilitator tells the ledger's height, and a transfer is
 * built here. On a ledger to play with, its faucet pays the wallet.
 */

import { readAddress } from "./address.js";
import { base64, concat, fromBase64, hex, sha256, utf8 } from "./bytes.js";
import { ledgerOf, takenBack } from "./facilitator.js";
import { postJson } from "./http.js";
import { address, int, preimageOf } from "./transfer.js";

/** Where the authorised call begins in what is signed: behind its type, the network, a number and a ledger. */
const NUMBER = 4 + 32;
const CALL = NUMBER + 8 + 4;

/** XDR's numbers: ENVELOPE_TYPE_TX, INVOKE_HOST_FUNCTION, SOROBAN_CREDENTIALS_ADDRESS and types of values. */
const TRANSACTION = 2;
const INVOKE = 24;
const BY_ADDRESS = 1;
const VECTOR = 16;
const MAP = 17;
const SYMBOL = 15;
const BYTES = 13;

/** A place in a ledger costs so much at least; the facilitator pays it. */
const FEE = 100;

const PLAY_MONEY = "100";

/** @param terms of the way to pay, whose facilitator is asked */
export function siteOf(terms, { passphrase, devnet }) {
	let highest = 0;
	/** A facilitator of several nodes may tell of an earlier ledger than it did before. */
	const ledger = async () => {
		const told = await ledgerOf(terms);
		highest = Math.max(highest, told.sequence);
		return { ...told, sequence: highest };
	};
	return {
		passphrase,
		ledger,
		fund: devnet ? (account) => fund(devnet, account) : undefined,
		transfers: {
			prepare: (wanted) => prepared(wanted, passphrase, ledger),
			complete: async (transfer) => completed(transfer),
		},
		takeBack: (wallet, { spender, id }) => takenBack(terms, wallet, { spender, id }, passphrase),
	};
}

async function fund(devnet, account) {
	const parameters = new URLSearchParams({ addr: account });
	await postJson(`${devnet}/friendbot?${parameters}`, {}).catch(() => {
		// The account was there before; the faucet says if not.
	});
	parameters.set("amount", PLAY_MONEY);
	await postJson(`${devnet}/faucet?${parameters}`, {});
}

/** The number is made of the purchase: who signs twice for one has the ledger take it once. */
async function prepared({ user, asset, payTo, amount, maxTimeoutSeconds, identifier }, passphrase, ledger) {
	const { sequence, secondsPerLedger } = await ledger();
	const name = ["x402-page-transfer:v1", passphrase, user, identifier].join("\n");
	const number = (await sha256(utf8(name))).slice(0, 8);
	const lastLedger = int(sequence + Math.ceil(maxTimeoutSeconds / secondsPerLedger));
	const preimage = await preimageOf(user, { asset, payTo, amount }, passphrase, concat(number, lastLedger));
	return { preimage: base64(preimage), hash: hex(await sha256(preimage)) };
}

/** A transaction of nobody around what was signed: the facilitator puts its own around that. */
function completed({ preimage, signature, user }) {
	const signed = fromBase64(preimage);
	const invocation = signed.slice(CALL);
	const call = invocation.slice(4, -4);
	const nobody = concat(int(0), new Uint8Array(32));
	const credentials = concat(int(BY_ADDRESS), address(user), signed.slice(NUMBER, CALL),
		signatures(readAddress(user).account, fromBase64(signature)));
	return base64(concat(int(TRANSACTION), nobody, int(FEE), new Uint8Array(8), int(0), int(0),
		int(1), int(0), int(INVOKE), int(0), call, int(1), credentials, invocation, int(0), int(0)));
}

const signatures = (key, signature) => concat(int(VECTOR), int(1), int(1), int(MAP), int(1), int(2),
	symbol("public_key"), opaque(key), symbol("signature"), opaque(signature));

const symbol = (name) => concat(int(SYMBOL), int(name.length), utf8(name), new Uint8Array(-name.length & 3));

const opaque = (bytes) => concat(int(BYTES), int(bytes.length), bytes);
