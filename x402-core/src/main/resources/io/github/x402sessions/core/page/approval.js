/** What a wallet is asked to sign for a session, read: one approve of what was agreed, and nothing else. */

import { readAddress } from "./address.js";
import { concat, fromBase64, utf8 } from "./bytes.js";
import { address, int, long } from "./transfer.js";

/** XDR's numbers: ENVELOPE_TYPE_TX, PRECOND_NONE, PRECOND_TIME, INVOKE_HOST_FUNCTION, SCV_U32, SCV_I128, SCV_ADDRESS. */
const TRANSACTION = 2;
const NONE = 0;
const TIME = 1;
const INVOKE = 24;
const U32 = 3;
const I128 = 10;
const ADDRESS = 18;

/** Behind the envelope's type and its source: fee and sequence number, which the ledger judges. */
const CONDITIONS = 4 + 36 + 4 + 8;

/** Whether a transaction is the approve of allowance (base units) until a ledger, by its user, in no form but the one. */
export function isApprove(envelope, { user, spender, asset, allowance, expirationLedger }) {
	const bytes = fromBase64(envelope);
	const payer = concat(int(0), readAddress(user)?.account ?? new Uint8Array());
	const call = concat(address(asset), int(7), utf8("approve"), new Uint8Array(1), int(4), int(ADDRESS), address(user),
		int(ADDRESS), address(spender), int(I128), long(0n), long(BigInt(allowance)), int(U32), int(expirationLedger));
	const rest = (source) => concat(int(0), int(1), source, int(INVOKE), int(0), call, int(1), int(0), int(0), call, int(0));
	const behind = new Map([[NONE, 4], [TIME, 4 + 16]]).get(new DataView(bytes.buffer).getUint32(CONDITIONS));
	return behind !== undefined && standsAt(0, concat(int(TRANSACTION), payer), bytes)
		&& [int(0), concat(int(1), payer)].some((source) => standsAt(CONDITIONS + behind, rest(source), bytes));
}

const standsAt = (place, part, whole) => part.every((byte, index) => whole[place + index] === byte);
