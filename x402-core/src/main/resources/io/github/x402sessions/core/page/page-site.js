/**
 * What a page runs on that knows a facilitator and nothing else: the facilitator tells the ledger's height, and a transfer is
 * built here. On a ledger to play with, its faucet pays the wallet.
 */

import { readAddress } from "./address.js";
import { base64, concat, fromBase64, hex, sha256, utf8 } from "./bytes.js";
import { closeWith, closingQuote, ledgerOf } from "./facilitator.js";
import { postJson } from "./http.js";
import { paymentsEnd } from "./ledger-height.js";
import { CALL, NUMBER, preimageOf } from "./transfer.js";
import { address, int, map, opaque, symbol, vector } from "./xdr.js";

/** XDR's numbers: ENVELOPE_TYPE_TX, INVOKE_HOST_FUNCTION, SOROBAN_CREDENTIALS_ADDRESS, SCV_BYTES. */
const TRANSACTION = 2;
const INVOKE = 24;
const BY_ADDRESS = 1;
const BYTES = 13;

/** A place in a ledger costs so much at least; the facilitator pays it. */
const FEE = 100;

const PLAY_MONEY = "100";

/** @param way to pay: its terms, whose facilitator is asked, the passphrase, and symbol and decimals of the asset */
export function siteOf({ terms, passphrase, symbol, decimals }, devnet) {
	let highest = 0;
	/** A facilitator of several nodes may tell of an earlier ledger than it did before. */
	const ledger = async () => {
		const told = await ledgerOf(terms);
		if (!Number.isSafeInteger(told.sequence)) {
			return told;
		}
		highest = Math.max(highest, told.sequence);
		return { ...told, sequence: highest };
	};
	return {
		passphrase,
		symbol,
		decimals,
		ledger,
		fund: devnet ? (account) => fund(devnet, account) : undefined,
		transfers: {
			prepare: (wanted) => prepared(wanted, { passphrase, ledger }),
			complete: async (transfer) => completed(transfer),
		},
		revocations: {
			prepare: (parties) => closingQuote(terms, parties),
			send: ({ id, transaction }) => closeWith(terms, id, transaction),
		},
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
async function prepared({ user, asset, payTo, amount, maxTimeoutSeconds, identifier }, site) {
	const name = ["x402-page-transfer:v1", site.passphrase, user, identifier].join("\n");
	const number = (await sha256(utf8(name))).slice(0, 8);
	const lastLedger = int(await paymentsEnd(maxTimeoutSeconds, site));
	const preimage = await preimageOf(user, { asset, payTo, amount }, site.passphrase, concat(number, lastLedger));
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

const signatures = (key, signature) => vector(map([symbol("public_key"), octets(key)], [symbol("signature"), octets(signature)]));

const octets = (bytes) => concat(int(BYTES), opaque(bytes));
