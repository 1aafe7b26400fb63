/** The little of XDR that calls of a token's contract take. */

import { readAddress } from "./address.js";
import { concat, utf8 } from "./bytes.js";
import { Problem } from "./problem.js";

/** SC_ADDRESS_TYPE_CONTRACT, and the types of values. */
const CONTRACT = 1;
const U32 = 3;
const I128 = 10;
const SYMBOL = 15;
const VECTOR = 16;
const MAP = 17;
const ADDRESS = 18;

/** Also of an unsigned one. */
export const int = (value) => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

export function long(value) {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, value);
	return bytes;
}

export function address(text) {
	const { account, contract } = readAddress(text) ?? {};
	if (!account && !contract) {
		throw new Problem("The server wants to be paid where this page cannot see whom. Nothing was signed.");
	}
	return account ? concat(int(0), int(0), account) : concat(int(CONTRACT), contract);
}

export const opaque = (bytes) => concat(int(bytes.length), bytes, new Uint8Array(-bytes.length & 3));

export const symbol = (name) => concat(int(SYMBOL), opaque(utf8(name)));

export const vector = (...values) => concat(int(VECTOR), int(1), int(values.length), ...values);

export const map = (...entries) => concat(int(MAP), int(1), int(entries.length), ...entries.map((entry) => concat(...entry)));

export const party = (text) => concat(int(ADDRESS), address(text));

/** An amount, base units. */
export const units = (amount) => concat(int(I128), long(0n), long(amount));

/** A ledger's number. */
export const ledger = (number) => concat(int(U32), int(number));

/** The call of a function of a contract. */
export const call = (contract, name, ...values) => concat(address(contract), opaque(utf8(name)), int(values.length), ...values);
