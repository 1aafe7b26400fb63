/**
 * The time that sessions end by: the ledger's. Its height is asked for now and then and guessed in between, by a clock that
 * nobody can set. A guess never says that something is over.
 */

/** How old a height may be, milliseconds: usually, and where the end may be near. */
const USUAL_AGE = 15_000;
const LAST_AGE = 2_000;

const NEAR = 20;

export class LedgerClock {

	/** @param ask answers {sequence, secondsPerLedger} */
	constructor(ask) {
		this.ask = ask;
		this.known = null;
		this.asking = false;
		document.addEventListener("visibilitychange", () => this.#update());
	}

	/** Where a ledger is from here: {seconds} until it closes, guessed, {over: true} when it has, or null where that is not known. */
	until(ledger) {
		const left = this.#secondsTo(ledger);
		if (this.#age() > (left < NEAR ? LAST_AGE : USUAL_AGE)) {
			this.#update();
		}
		return this.known === null ? null : { over: this.known.sequence > ledger, seconds: Math.max(0, left) };
	}

	#secondsTo(ledger) {
		return this.known ? (ledger - this.known.sequence) * this.known.secondsPerLedger - this.#age() / 1000 : Infinity;
	}

	#age() {
		return this.known ? performance.now() - this.known.at : Infinity;
	}

	async #update() {
		if (this.asking || document.hidden) {
			return;
		}
		this.asking = true;
		try {
			this.known = { ...await this.ask(), at: performance.now() };
		}
		catch {
			// What was known before still holds.
		}
		finally {
			setTimeout(() => {
				this.asking = false;
			}, LAST_AGE);
		}
	}

}
