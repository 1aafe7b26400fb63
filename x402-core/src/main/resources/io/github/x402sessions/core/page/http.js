/** Calls that answer JSON. */

import { Problem } from "./problem.js";

export async function getJson(url) {
	return answer(url, {});
}

export async function postJson(url, body) {
	return answer(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export async function deleteJson(url) {
	return answer(url, { method: "DELETE" });
}

async function answer(url, init) {
	let response;
	try {
		response = await fetch(url, { cache: "no-store", ...init });
	}
	catch {
		throw new Problem(`${new URL(url, location.href).host} cannot be reached. Is it running?`);
	}
	const text = await response.text();
	let json = {};
	try {
		json = JSON.parse(text);
	}
	catch {
		// Not JSON: the status tells what there is to tell.
	}
	if (!response.ok) {
		throw new Problem(json.error ?? json.detail ?? `The answer was ${response.status}.`, {
			status: response.status,
			retryAfter: Number(response.headers.get("Retry-After")) || 0,
		});
	}
	return json;
}
