/** The facilitator's side of a session: a transaction to sign, the registration of it, and where it stands. */

import { isApprove } from "./approval.js";
import { hex } from "./bytes.js";
import { hashOf } from "./envelope.js";
import { deleteJson, getJson, postJson } from "./http.js";
import { Problem } from "./problem.js";

const TRIES = 5;

/**
 * Ask for the approve. What comes back is held against what was asked for before anybody signs it; only its end may be
 * later, and is then said to be, because an approve replaces the one that a longer session rests on.
 */
export async function quote(terms, request, passphrase, sessionKey) {
	const accepted = terms.accepted;
	const wanted = { network: accepted.network, asset: accepted.asset, recipient: accepted.payTo, ...request };
	const offer = await postJson(`${facilitatorOf(terms)}/sessions/quote`, { ...wanted, sessionKey });
	const { askedExpirationLedger: expirationLedger = offer.expirationLedger } = offer;
	const offered = { ...offer, expirationLedger };
	for (const [name, value] of Object.entries({ ...wanted, spender: accepted.extra.spender })) {
		if (String(offered[name]) !== String(value) || offer.expirationLedger < expirationLedger) {
			throw new Problem(`The facilitator's offer has another ${name} than was asked for. Nothing was signed.`);
		}
	}
	await requireApprove(offer, BigInt(request.cap), passphrase);
	return offer;
}

/** What is signed is what the offer says: an approve of at least so much. */
async function requireApprove(offer, least, passphrase) {
	const sound = hex(await hashOf(offer.transaction, passphrase)) === offer.hash && BigInt(offer.allowance) >= least;
	if (!sound || !isApprove(offer.transaction, offer)) {
		throw new Problem("The facilitator's offer contradicts itself. Nothing was signed.");
	}
}

/** Whether it opens sessions whose payments are signed. */
export const takesKeys = (terms) => terms.accepted.extra.sessionKeys === true;

/** What the wallet has to sign, so that nobody can put another key in the place of this page's. */
export function proofMessage(offer, sessionKey) {
	const { network, asset, recipient, cap, expirationLedger, hash } = offer;
	const message = ["x402-session:v2", network, asset, recipient, cap, expirationLedger, hash, sessionKey].join(":");
	return sessionKey ? message : offer.proofMessage;
}

/**
 * Send the signed approve and register the session. Asking again is safe: it is the same session. One that comes back without
 * its key would be paid with by whoever knows it, so it is closed.
 */
export async function register(terms, offer, transaction, proof, sessionKey) {
	const { network, user, asset, recipient, cap, expirationLedger } = offer;
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

/** Sign for approving nothing in place of what a session rests on, and answer the hash of what was sent. */
export async function takenBack(terms, wallet, { id, spender }, passphrase) {
	const { network, asset } = terms.accepted;
	const wanted = { network, asset, spender, user: wallet.address };
	const offer = await postJson(`${facilitatorOf(terms)}/sessions/quote`, { ...wanted, closing: true, expiresIn: 60 });
	if (Object.entries(wanted).some(([name, value]) => offer[name] !== value)) {
		throw new Problem("The facilitator's offer is another one than was asked for. Nothing was signed.");
	}
	await requireApprove(offer, 0n, passphrase);
	const transaction = await wallet.signTransaction(offer.transaction, passphrase);
	await postJson(`${facilitatorOf(terms)}/sessions/${encodeURIComponent(id)}/close`, { transaction });
	return offer.hash;
}

/** End a session at the facilitator. */
export async function close(terms, id) {
	return deleteJson(`${facilitatorOf(terms)}/sessions/${encodeURIComponent(id)}`);
}

const facilitatorOf = (terms) => terms.accepted.extra.facilitatorUrl;
