/**
 * Pays for a call. The payment goes with the first request, because the page knows the price; it is made for these terms
 * only, sent to this origin only, and repeated under the identifier of the first try, so that it is charged once. Where the
 * session has a key, the payment is signed for this call: nobody who sees it can buy another one.
 */

import { base64, utf8 } from "./bytes.js";
import { Problem, ofAnswer, ofReason, priceChanged } from "./problem.js";
import { signed } from "./signature.js";
import { correction, keep, now } from "./signing-clock.js";
import { challengeOf, decode } from "./terms.js";

const IDENTIFIER = "payment-identifier";

export const newIdentifier = () => `pay_${crypto.randomUUID().replaceAll("-", "")}`;

/** What a browser asks for when somebody follows a link, so that the answer that was paid for is the one that a visit gets. */
const PAGES = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** Has our servers tell a redirect in a header of this name: a browser tells no page where one leads. */
export const REDIRECT = "X402-Redirect";

/** What is mended by one more signature for what the server asks now. */
const TO_SIGN_ANEW = ["resource_mismatch", "payment_expired"];

/**
 * Answers {response, receipt}, or throws a Problem for which nothing of the answer was given.
 * @param body what is posted, as JSON; null for a page that is got
 * @param doubt whether an earlier try under this identifier may have been charged
 */
export async function pay(path, body, { terms, session, identifier, signal, doubt = false }) {
	const { accepted } = terms;
	const call = callOf(path, body);
	let response = await send(call, await header(terms, session, identifier, call, now()), signal);
	const again = session.key && response.status === 402 ? challengeOf(response, accepted.scheme) : null;
	if (again && TO_SIGN_ANEW.includes(again.error) && isSame(again.accepted, accepted)) {
		const put = again.error === "payment_expired" ? correction(response) : null;
		response = await send(call, await header(again, session, identifier, call, now(put)), signal);
		if (response.ok) {
			keep(put);
		}
	}
	return outcome(response, terms, doubt);
}

/** The same for a transfer of its own, by the transaction that its payer has signed. */
export async function payBy(transaction, path, body, { terms, identifier, signal, doubt = false }) {
	const payment = paymentOf(terms, { transaction }, identifier);
	return outcome(await send(callOf(path, body), payment, signal), terms, doubt);
}

function callOf(path, body) {
	return (body === null) ? { path, method: "GET", headers: { Accept: PAGES, [REDIRECT]: "tell" } }
		: { path, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function outcome(response, { accepted }, doubt) {
	if (response.type === "opaqueredirect") {
		throw new Problem("The server answered with another address, and browsers do not tell pages which. "
			+ "The payment may have been made: look into your wallet before you pay again.", { remedy: "retry" });
	}
	const receipt = receiptOf(response);
	if (response.ok) {
		return { response, receipt };
	}
	if (receipt?.success) {
		throw new Problem(`The payment was made, but the server failed (${response.status}). Ask again, or who runs this site, `
			+ "before you pay again.", { status: response.status, remedy: "retry", receipt });
	}
	if (response.status === 402 && (receipt || response.headers.has("PAYMENT-REQUIRED"))) {
		const asked = challengeOf(response, accepted.scheme);
		throw asked && asked.accepted.amount !== accepted.amount ? priceChanged(doubt)
			: ofReason(receipt?.errorReason ?? asked?.error ?? "payment_refused", doubt);
	}
	throw await ofAnswer(response, doubt);
}

/** A redirect is not followed: the payment would go with it, and what comes would have no receipt. */
async function send({ path, ...call }, payment, signal) {
	const url = hereAt(path);
	const headers = { ...call.headers, "PAYMENT-SIGNATURE": payment };
	try {
		return await fetch(url, { ...call, cache: "no-store", redirect: "manual", headers, signal });
	}
	catch {
		throw new Problem("The connection broke. Send the same again: it is charged once.", { remedy: "retry" });
	}
}

/** The URL of a path at this origin: what begins with two slashes, put as it is, would be another host's. */
function hereAt(path) {
	const url = new URL(path.startsWith("/") ? location.origin + path : path, location.href);
	if (url.origin !== location.origin) {
		throw new Problem("That is another server. Nothing was sent.", { uncharged: true });
	}
	return url;
}

async function header(terms, session, identifier, { method, body = "" }, at) {
	const { accepted, resource } = terms;
	const members = session.key ? await signed({ method, accepted, resource, session, identifier, body, at }) : {};
	return paymentOf(terms, { sessionId: session.id, ...members }, identifier, Boolean(session.key));
}

/** @param named whether the identifier is told to a server that does not ask for it, because it was signed */
function paymentOf({ accepted, resource, extensions }, payload, identifier, named = false) {
	const payment = { x402Version: 2, resource, accepted, payload };
	const offered = extensions[IDENTIFIER];
	if (offered || named) {
		payment.extensions = { [IDENTIFIER]: { ...offered, info: { ...offered?.info, id: identifier } } };
	}
	return base64(utf8(JSON.stringify(payment)));
}

const isSame = (one, other) => ["network", "asset", "payTo", "amount"].every((name) => one[name] === other[name]);

function receiptOf(response) {
	const value = response.headers.get("PAYMENT-RESPONSE");
	try {
		return value ? decode(value) : null;
	}
	catch {
		return null;
	}
}
