/** What this server asks for now, of every path at once: a call without a payment would tell the same, as an error in the console. */

import { getJson } from "/x402/http.js";
import { Problem } from "/x402/problem.js";
import { decode, termsIn } from "/x402/terms.js";

/** Answers what finds the terms of a path for a scheme, null where nobody can pay for it so. */
export async function prices() {
	const asked = await getJson("/api/prices");
	return (path, scheme = "session") => asked[path] ? termsIn(decode(asked[path]), scheme) : null;
}

export function payable(terms) {
	if (!terms) {
		throw new Problem("The prices cannot be read now. Reload the page in a moment.");
	}
	return terms;
}
