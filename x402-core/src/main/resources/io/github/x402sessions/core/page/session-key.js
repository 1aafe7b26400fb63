/**
 * The key of a session, by which each payment is signed for its own call. WebCrypto keeps it and lets nobody read it, this page
 * neither; IndexedDB holds it over a reload. Without its session, which this tab forgets, it is of no use to anybody.
 */

import { base64Url } from "./bytes.js";

const DATABASE = "x402-session-keys";

const KEYS = "keys";

/** Answers {name, sign}, or null where the browser has no Ed25519: the session has no key then. */
export async function createSessionKey() {
	let pair;
	try {
		pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
	}
	catch {
		return null;
	}
	const name = base64Url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
	await inStore("readwrite", (keys) => keys.put(pair.privateKey, name)).catch(() => {
		// A browser that keeps nothing: the key lasts as long as the page.
	});
	return signer(name, pair.privateKey);
}

/** The key of a session that was opened before a reload, or null where it is gone. */
export async function restoreSessionKey(name) {
	const key = await inStore("readonly", (keys) => keys.get(name)).catch(() => null);
	return key ? signer(name, key) : null;
}

export async function forgetSessionKey(name) {
	await inStore("readwrite", (keys) => keys.delete(name)).catch(() => {
		// It was not kept.
	});
}

function signer(name, key) {
	return { name, sign: async (bytes) => base64Url(new Uint8Array(await crypto.subtle.sign("Ed25519", key, bytes))) };
}

async function inStore(mode, work) {
	const database = await answer(open());
	try {
		return await answer(work(database.transaction(KEYS, mode).objectStore(KEYS)));
	}
	finally {
		database.close();
	}
}

function open() {
	const request = indexedDB.open(DATABASE, 1);
	request.onupgradeneeded = () => request.result.createObjectStore(KEYS);
	return request;
}

function answer(request) {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
