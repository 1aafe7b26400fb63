/** The facilitator's side of a session: a transaction to sign, the registration of it, and where it stands. */

import { Approval } from "./approval.js";
import { deleteJson, getJson, postJson } from "./http.js";
import { Problem } from "./problem.js";

const TRIES = 5;

/** Ask for the approve that a session takes. Whatever else the answer says is not believed. */
export async function quote(terms, { user, cap, expirationLedger }, sessionKey) {
	const { network, asset, payTo: recipient, extra } = terms.accepted;
	const wanted = { network, asset, recipient, user, cap: cap.toString(), expirationLedger, sessionKey };
	const { transaction } = await postJson(`${facilitatorOf(terms)}/sessions/quote`, wanted);
	return new Approval(transaction, { user, asset, spender: extra.spender });
}

/** Whether it opens sessions whose payments are signed. */
export const takesKeys = (terms) => terms.accepted.extra.sessionKeys === true;

/** What the wallet has to sign: who registers the approve, for whom, and with whose key. */
export function proofMessage({ network, asset, recipient, cap, expirationLedger, approval, sessionKey }) {
	const version = sessionKey ? "x402-session:v2" : "x402-session:v1";
	const key = sessionKey ? [sessionKey] : [];
	return [version, network, asset, recipient, cap, expirationLedger, approval, ...key].join(":");
}

/**
 * Send the signed approve and register the session. Asking again is safe: it is the same session. One that comes back without
 * its key would be paid with by whoever knows it, so it is closed.
 */
export async function register(terms, { network, user, asset, recipient, cap, expirationLedger, sessionKey }, transaction, proof) {
	const claim = { network, user, asset, recipient, cap, expirationLedger, proof, transaction, sessionKey };
	const opened = await registered(terms, claim);
	if (opened.sessionKey !== sessionKey) {
		await close(terms, opened.sessionId);
		throw new Problem("The facilitator did not take the session's key. The session was closed; nothing was charged.");
	}
	return opened;
}

async function registered(terms, claim) {
	for (let tries = 1; ; tries++) {
		try {
			return await postJson(`${facilitatorOf(terms)}/sessions`, claim);
		}
		catch (problem) {
			if (problem.status !== 503 || tries === TRIES) {
				throw new Problem(`The approval was signed, but the session is not open: ${problem.message}`, { remedy: "reopen" });
			}
			await new Promise((resolve) => setTimeout(resolve, (problem.retryAfter || 1) * 1000));
		}
	}
}

export async function stateOf(terms, id) {
	return getJson(`${facilitatorOf(terms)}/sessions/${encodeURIComponent(id)}`);
}

/** What became of a payment that is settled later on. */
export async function settlementOf(terms, commitment) {
	return getJson(`${facilitatorOf(terms)}/settlements/${encodeURIComponent(commitment)}`);
}

/** What the latest ledger is, by the facilitator's word. */
export async function ledgerOf(terms) {
	return getJson(`${facilitatorOf(terms)}/ledger`);
}

/** Ask for the approve that takes back what no session needs. */
export async function closingQuote(terms, { user, asset, spender }) {
	const { network } = terms.accepted;
	return postJson(`${facilitatorOf(terms)}/sessions/quote`, { network, asset, spender, user, closing: true, expiresIn: 60 });
}

/** End a session and send the approve that takes back what it rests on. */
export async function closeWith(terms, id, transaction) {
	return postJson(`${facilitatorOf(terms)}/sessions/${encodeURIComponent(id)}/close`, { transaction });
}

/** End a session at the facilitator. */
export async function close(terms, id) {
	return deleteJson(`${facilitatorOf(terms)}/sessions/${encodeURIComponent(id)}`);
}

const facilitatorOf = (terms) => terms.accepted.extra.facilitatorUrl;
