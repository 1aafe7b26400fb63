/** What a server asks for. */

import { fromBase64 } from "./bytes.js";

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
