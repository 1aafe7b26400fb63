/**
 * What a reload must not lose. It is kept for this tab only (sessionStorage) and is gone when the tab closes: a session's
 * id is as good as its money, up to what is left of it, to this one recipient.
 */

const KEY = "x402-wallet-and-sessions";

export function load() {
	try {
		return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
	}
	catch {
		return {};
	}
}

export function save(state) {
	try {
		sessionStorage.setItem(KEY, JSON.stringify(state));
	}
	catch {
		// The tab has no room: a payment is no worse for it, and what was kept before is older than what the page knows.
	}
}

export function forget() {
	sessionStorage.removeItem(KEY);
}
