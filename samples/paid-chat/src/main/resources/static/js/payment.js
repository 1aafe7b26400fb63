/**
 * Pays for a call. The payment goes with the first request, because the page knows the price; it is made for these terms
 * only, sent to this origin only, and repeated under the identifier of the first try, so that it is charged once. Where the
 * session has a key, the payment is signed for this call: nobody who sees it can buy another one.
 */

import { base64, base64Url, sha256, utf8 } from "./bytes.js";
import { Problem, ofReason, ofStatus } from "./problem.js";
import { challengeOf, decode } from "./terms.js";

const IDENTIFIER = "payment-identifier";

export const newIdentifier = () => `pay_${crypto.randomUUID().replaceAll("-", "")}`;

const METHOD = "POST";

/** What is mended by one more signature for what the server asks now. */
const TO_SIGN_ANEW = ["resource_mismatch", "payment_expired"];

/** Answers {response, receipt}, or throws a Problem for which nothing of the answer was given. */
export async function pay(path, body, { terms, session, identifier }) {
	const text = JSON.stringify(body);
	let response = await send(path, text, await header(terms, session, identifier, text));
	const again = session.key && response.status === 402 ? challengeOf(response) : null;
	if (again && TO_SIGN_ANEW.includes(again.error) && isSame(again.accepted, terms.accepted)) {
		response = await send(path, text, await header(again, session, identifier, text));
	}
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
		return await fetch(path, { method: METHOD, cache: "no-store", headers, body });
	}
	catch {
		throw new Problem("The connection broke. Send the same again: it is charged once.", { remedy: "retry" });
	}
}

async function header({ accepted, resource, extensions }, session, identifier, body) {
	const signed = session.key ? await signature(accepted, resource, session, identifier, body) : {};
	const payment = { x402Version: 2, resource, accepted, payload: { sessionId: session.id, ...signed } };
	const offered = extensions[IDENTIFIER];
	if (offered || session.key) {
		payment.extensions = { [IDENTIFIER]: { ...offered, info: { ...offered?.info, id: identifier } } };
	}
	return base64(utf8(JSON.stringify(payment)));
}

/** Signs for this call and no other, and only for one of this origin. */
async function signature(accepted, resource, session, identifier, text) {
	if (new URL(resource.url).origin !== location.origin) {
		throw new Problem("The server asks to be paid for another address than its own. Nothing was signed or charged.");
	}
	const body = base64Url(await sha256(utf8(text)));
	const validUntil = Math.floor(Date.now() / 1000) + accepted.maxTimeoutSeconds;
	const statement = ["x402-session-payment:v1", accepted.network, accepted.asset, accepted.payTo, accepted.amount,
		session.approval, METHOD, resource.url, identifier, validUntil, body].join("\n");
	return { method: METHOD, body, validUntil, signature: await session.key.sign(utf8(statement)) };
}

const isSame = (one, other) => ["network", "asset", "payTo", "amount"].every((name) => one[name] === other[name]);

function receiptOf(response) {
	const value = response.headers.get("PAYMENT-RESPONSE");
	return value ? decode(value) : null;
}
