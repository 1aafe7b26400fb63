/** What the server asks for, read from its own 402: there is no other list of prices to go stale. */

import { fromBase64 } from "./bytes.js";
import { Problem } from "./problem.js";

/** @param scheme how the caller can pay */
export async function termsOf(path, method, scheme = "session") {
	let response;
	try {
		response = await fetch(path, { method, cache: "no-store" });
	}
	catch {
		throw new Problem("The server cannot be reached. Is it running?");
	}
	const terms = challengeOf(response, scheme);
	if (!terms) {
		throw new Problem("The prices cannot be read now. Reload the page in a moment.");
	}
	return terms;
}

/** The terms of a 402 for a scheme, or null where there are none. */
export function challengeOf(response, scheme) {
	const header = response.headers.get("PAYMENT-REQUIRED");
	return header ? termsIn(decode(header), scheme) : null;
}

/** The terms for a scheme, of what a server asks for, or null where there are none. */
export function termsIn(required, scheme) {
	const accepted = required.accepts?.find((kind) => kind.scheme === scheme);
	return accepted ? { accepted, resource: required.resource, error: required.error, extensions: required.extensions ?? {} } : null;
}

export function decode(header) {
	return JSON.parse(new TextDecoder().decode(fromBase64(header)));
}
