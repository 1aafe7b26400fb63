/**
 * Pays for a call. The payment goes with the first request, because the page knows the price; it is made for these terms
 * only, sent to this origin only, and repeated under the identifier of the first try, so that it is charged once.
 */

import { base64, utf8 } from "./bytes.js";
import { Problem, ofReason, ofStatus } from "./problem.js";
import { challengeOf, decode } from "./terms.js";

const IDENTIFIER = "payment-identifier";

export const newIdentifier = () => `pay_${crypto.randomUUID().replaceAll("-", "")}`;

/** Answers {response, receipt}, or throws a Problem for which nothing of the answer was given. */
export async function pay(path, body, { terms, sessionId, identifier }) {
	const response = await send(path, body, header(terms, sessionId, identifier));
	const receipt = receiptOf(response);
	if (response.ok) {
		return { response, receipt };
	}
	if (response.status === 402) {
		const asked = challengeOf(response);
		if (asked && asked.accepted.amount !== terms.accepted.amount) {
			throw new Problem("The price has changed. Nothing was charged. Reload the page to see the new one.");
		}
		throw ofReason(receipt?.errorReason ?? asked?.error ?? "payment_refused");
	}
	throw receipt?.errorReason ? ofReason(receipt.errorReason) : ofStatus(response.status);
}

async function send(path, body, payment) {
	const headers = { "Content-Type": "application/json", "PAYMENT-SIGNATURE": payment };
	try {
		return await fetch(path, { method: "POST", cache: "no-store", headers, body: JSON.stringify(body) });
	}
	catch {
		throw new Problem("The connection broke. Send the same again: it is charged once.", { remedy: "retry" });
	}
}

function header({ accepted, extensions }, sessionId, identifier) {
	const payload = { x402Version: 2, accepted, payload: { sessionId } };
	if (extensions[IDENTIFIER]) {
		const offered = extensions[IDENTIFIER];
		payload.extensions = { [IDENTIFIER]: { ...offered, info: { ...offered.info, id: identifier } } };
	}
	return base64(utf8(JSON.stringify(payload)));
}

function receiptOf(response) {
	const value = response.headers.get("PAYMENT-RESPONSE");
	return value ? decode(value) : null;
}
