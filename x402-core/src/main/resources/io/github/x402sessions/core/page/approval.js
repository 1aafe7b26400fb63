/**
 * The approve that a session rests on, or that takes it back. Who knows the ledger proposes it; what a wallet is asked to sign is
 * made here, of who allows whom what. Of the proposal come the numbers that cannot be known without the ledger: the account's next
 * sequence number, fee, resources and the time to be sent in, all within bounds.
 */

import { base64, concat, fromBase64, hex } from "./bytes.js";
import { readAddress } from "./address.js";
import { hashOf } from "./envelope.js";
import { Problem } from "./problem.js";
import { address, call, int, ledger, long, map, party, symbol, units, vector } from "./xdr.js";

/** XDR's numbers: ENVELOPE_TYPE_TX, INVOKE_HOST_FUNCTION, PRECOND_TIME. */
const TRANSACTION = 2;
const INVOKE = 24;
const BY_TIME = 1;

/** LedgerKey CONTRACT_DATA, the key of a contract's instance, and how long entries last. */
const DATA = 6;
const INSTANCE = 20;
const TEMPORARY = 0;
const PERSISTENT = 1;

/** Of an envelope: where the fee (4 bytes), the sequence number (8) and the last time to be sent (8) stand. */
const FEE = 4 + 36;
const SEQUENCE = FEE + 4;
const LATEST = SEQUENCE + 8 + 4 + 8;
const CALL = LATEST + 8 + 4 + 4 + 4 + 4 + 4;

/** Of the call's end: the amount (its type, then twice 8 bytes) and the last ledger (its type, then 4). */
const AMOUNT = 20;
const LEDGER = 8;

/** 1 XLM for the place in the ledger, as for the resources; stroops. */
const MOST_FEE = 20_000_000;
const MOST_RESOURCE_FEE = 10_000_000n;

/** Seconds. */
const LONGEST = 3600;

export class Approval {

	#numbers;
	#parties;
	#resources;

	/**
	 * Read a proposal. It is refused where it is anything else than one approve between these parties.
	 * @param envelope the unsigned transaction, base64
	 * @param parties user, an account and its source; spender; asset
	 */
	constructor(envelope, parties) {
		this.#parties = parties;
		let same = false;
		try {
			const bytes = fromBase64(envelope);
			this.#read(bytes);
			same = base64(this.#made(this.amount, this.lastLedger)) === base64(bytes);
		}
		catch {
			// It is no transaction, or one that ends too early.
		}
		require(same && readAddress(parties.user)?.account, "is not the approve that was asked for");
		this.#check();
	}

	#read(bytes) {
		const view = new DataView(bytes.buffer);
		const { asset, user, spender } = this.#parties;
		const end = CALL + call(asset, "approve", party(user), party(spender)).length + AMOUNT + LEDGER;
		/** What may be spent, base units, and the last ledger in which it may be. */
		this.amount = view.getBigUint64(end - LEDGER - 8);
		this.lastLedger = view.getUint32(end - 4);
		this.#numbers = { fee: view.getUint32(FEE), sequence: view.getBigUint64(SEQUENCE), latest: view.getBigUint64(LATEST) };
		const resources = end + authorised(this.#call(this.amount, this.lastLedger)).length + 4;
		this.#resources = bytes.slice(resources, -4);
	}

	#check() {
		const { fee, latest } = this.#numbers;
		const { asset, user, spender } = this.#parties;
		const allowance = vector(symbol("Allowance"), map([symbol("from"), party(user)], [symbol("spender"), party(spender)]));
		const own = [dataOf(asset, int(INSTANCE), PERSISTENT), dataOf(asset, allowance, TEMPORARY)];
		const resourceFee = feeOf(this.#resources, own);
		require(resourceFee !== null, "touches more than this approve does");
		require(fee <= MOST_FEE && resourceFee <= MOST_RESOURCE_FEE, "may cost more than 2 XLM");
		require(latest > 0n && latest <= BigInt(Math.floor(Date.now() / 1000) + LONGEST),
			"could be sent for more than an hour (is the clock of this device right?)");
	}

	#call(amount, lastLedger) {
		const { asset, user, spender } = this.#parties;
		return call(asset, "approve", party(user), party(spender), units(amount), ledger(lastLedger));
	}

	#made(amount, lastLedger) {
		const { fee, sequence, latest } = this.#numbers;
		const { account } = readAddress(this.#parties.user);
		const approve = this.#call(amount, lastLedger);
		return concat(int(TRANSACTION), int(0), account, int(fee), long(sequence), int(BY_TIME), long(0n), long(latest), int(0),
			int(1), int(0), int(INVOKE), int(0), approve, authorised(approve), int(1), this.#resources, int(0));
	}

	/** What to sign for an amount (base units) until a ledger: {transaction, hash, amount, lastLedger}. */
	async toSign(passphrase, amount = this.amount, lastLedger = this.lastLedger) {
		const transaction = base64(this.#made(amount, lastLedger));
		return { transaction, hash: hex(await hashOf(transaction, passphrase)), amount, lastLedger };
	}

}

/** The one authorisation, that of the transaction's source: of this call and of nothing that it calls in turn. */
const authorised = (approve) => concat(int(1), int(0), int(0), approve, int(0));

const dataOf = (contract, key, lasting) => concat(int(DATA), address(contract), key, int(lasting));

/** The fee for resources that keep to these entries, or null where they do not. */
function feeOf(resources, own) {
	const view = new DataView(resources.buffer);
	let at = 0;
	const next = () => view.getUint32((at += 4) - 4);
	const keeps = () => {
		for (let left = next(); left > 0; left--) {
			const key = own.find((each) => each.every((byte, index) => resources[at + index] === byte));
			if (!key) {
				return false;
			}
			at += key.length;
		}
		return true;
	};
	try {
		const restores = next();
		const archived = restores === 1 ? next() : 0;
		at += archived * 4;
		const kept = restores <= 1 && keeps() && keeps();
		at += 3 * 4;
		return kept && at + 8 === resources.length ? view.getBigUint64(at) : null;
	}
	catch {
		return null;
	}
}

function require(condition, problem) {
	if (!condition) {
		throw new Problem(`What was to be signed ${problem}. Nothing was signed.`);
	}
}
