/**
 * What a reload must not lose. It is kept for this tab only (sessionStorage) and is gone when the tab closes: a session's
 * id is as good as its money, up to what is left of it, to this one recipient. Where the tab has no room, what is spare goes, the
 * oldest first, so that there is a place for what is worth money.
 */

const KEY = "x402-wallet-and-sessions";

/** What is spare begins with the time that it was kept at. */
const SPARE = /^\d{13} /;

/** Whether the wallet and its sessions, as they are now, are written down. */
let safe = true;

export function load() {
	try {
		return JSON.parse(read(KEY)) ?? {};
	}
	catch {
		return {};
	}
}

export function save(state) {
	safe = write(KEY, JSON.stringify(state));
}

export function forget() {
	remove(KEY);
}

export function read(key) {
	try {
		return sessionStorage.getItem(key);
	}
	catch {
		return null;
	}
}

export function remove(key) {
	try {
		sessionStorage.removeItem(key);
	}
	catch {
		// A browser that keeps nothing.
	}
}

/** Whether it is kept now. What is not leaves everything as it was. */
export function write(key, value) {
	const gone = [];
	for (;;) {
		try {
			sessionStorage.setItem(key, value);
			return true;
		}
		catch {
			const oldest = spare().find((each) => each !== key);
			if (!oldest) {
				gone.forEach(([other, text]) => sessionStorage.setItem(other, text));
				return false;
			}
			gone.push([oldest, read(oldest)]);
			remove(oldest);
		}
	}
}

/** Keep what can be had again, or done without; not in the place of sessions that are not written down. */
export const writeSpare = (key, text) => safe && write(key, `${Date.now()} ${text}`);

/** What was kept as spare, or null. */
export const readSpare = (key) => isSpare(key) ? read(key).replace(SPARE, "") : null;

const isSpare = (key) => SPARE.test(read(key) ?? "");

function spare() {
	try {
		return Object.keys(sessionStorage).filter((key) => key.startsWith("x402-") && isSpare(key))
			.sort((one, other) => parseInt(read(one), 10) - parseInt(read(other), 10));
	}
	catch {
		return [];
	}
}
