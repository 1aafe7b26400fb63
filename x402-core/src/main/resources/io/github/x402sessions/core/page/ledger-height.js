/**
 * Ledgers in place of time. How high the ledger is, is somebody's word: it is taken as far as it can be so, and nothing is signed
 * for a ledger that time says is further away.
 */

import { Problem } from "./problem.js";

/** What the network aims for; a ledger may take longer. */
const USUAL_SECONDS = 5;

/** By how much two who look at the same ledger may differ. */
const APART = 2;

const HIGHEST = 0xffff_ffff;

/**
 * How high the public network was at a time, seconds, with room, and the fastest pace since that is believed. Other networks begin
 * anew now and then, and nothing on them is worth anything.
 */
const KNOWN = {
	"Public Global Stellar Network ; September 2015": { sequence: 62_400_000, at: Date.UTC(2026, 4, 1) / 1000, secondsPerLedger: 4 },
};

/** The ledger that closes in so many seconds; one to play with may be faster than usual. */
export async function ledgerIn(seconds, site) {
	const { sequence, pace } = await heightOf(site);
	return checked(sequence + ledgersIn(seconds, pace));
}

/** The last ledger of a payment that is good for so many seconds, by the pace that payments are reckoned with; with room, the latest. */
export async function paymentsEnd(seconds, site, latest = false) {
	const { sequence } = await heightOf(site);
	return checked(sequence + ledgersIn(seconds, USUAL_SECONDS) + (latest ? APART : 0));
}

/** About when a ledger closes. */
export async function timeOf(ledger, site) {
	const { sequence, pace } = await heightOf(site);
	return new Date(Date.now() + (ledger - sequence) * pace * 1000);
}

const ledgersIn = (seconds, pace) => Math.ceil(seconds / pace);

async function heightOf({ ledger, passphrase, fund }) {
	const { sequence, secondsPerLedger } = await ledger();
	const { sequence: before, at, secondsPerLedger: fastest } = KNOWN[passphrase] ?? {};
	const highest = at ? before + Math.max(0, Date.now() / 1000 - at) / fastest : HIGHEST;
	if (!Number.isSafeInteger(sequence) || sequence < 1 || sequence > highest || !Number.isFinite(secondsPerLedger)
			|| secondsPerLedger <= 0) {
		throw new Problem("The ledger cannot be where it is said to be. Is the clock of this device right? Nothing was signed.");
	}
	return { sequence, pace: fund ? secondsPerLedger : Math.max(secondsPerLedger, USUAL_SECONDS) };
}

function checked(ledger) {
	if (!Number.isSafeInteger(ledger) || ledger > HIGHEST) {
		throw new Problem("What was to be signed would have no end. Nothing was signed.");
	}
	return ledger;
}
