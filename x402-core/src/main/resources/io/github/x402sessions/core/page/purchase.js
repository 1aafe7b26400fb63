/**
 * The purchase of one page. It is written down in this tab before its payment leaves, and until what was bought is here or nothing
 * was charged for certain: whatever breaks, a reload too, it is asked for with the same payment and is charged once. What has come
 * can be asked for again so as well, as long as its server keeps it and the tab has room.
 */

import { restored, saved } from "./account.js";
import { newIdentifier, pay, payBy } from "./payment.js";
import { Problem } from "./problem.js";
import { read, readSpare, remove, write, writeSpare } from "./store.js";
import { Transfer } from "./transfer.js";

const KEY = "x402-purchase:";

export class Purchase {

	constructor(path, terms, identifier = newIdentifier()) {
		this.path = path;
		this.terms = terms;
		this.identifier = identifier;
		this.session = null;
		this.transaction = null;
		/** Whether it may have been charged. */
		this.doubt = false;
		/** Of a payment that was made and brought nothing. */
		this.receipt = null;
		/** Whether what was bought has come. */
		this.received = false;
	}

	/** The purchase of an address that can be asked for again, or null. */
	static async open(path) {
		const spare = readSpare(KEY + path);
		const kept = JSON.parse(spare ?? read(KEY + path));
		if (!kept) {
			return null;
		}
		const purchase = new Purchase(path, kept.terms, kept.identifier);
		purchase.transaction = kept.transaction;
		purchase.session = kept.session ? await restored(kept.session) : null;
		purchase.doubt = kept.doubt ?? true;
		purchase.receipt = kept.receipt ?? null;
		purchase.received = spare !== null;
		return purchase;
	}

	/** Whether the same payment may be sent again: a transfer is made once, a session's payment where its name is honoured. */
	get repeats() {
		return this.transaction !== null || (this.session !== null && "payment-identifier" in this.terms.extensions);
	}

	from(session) {
		this.session = session;
		return this;
	}

	/** Have the wallet sign a transfer, which pays for nothing else. */
	async signed(wallet, site) {
		this.transaction = await new Transfer(wallet, this.terms, this.identifier, site).transaction();
		return this;
	}

	/** Answers {response, receipt}. What it throws with the remedy "retry" can be asked for again, and may have been charged. */
	async send(signal) {
		const { path, doubt } = this;
		if (this.received) {
			return this.#sent(signal, false);
		}
		this.doubt = true;
		if (!write(KEY + path, this.#written) && !doubt) {
			throw new Problem("This tab has no room to write the payment down, so nothing was sent. Try it in another tab.",
				{ uncharged: true });
		}
		try {
			return await this.#sent(signal, doubt);
		}
		catch (problem) {
			this.doubt = problem.uncharged ? doubt : true;
			this.receipt = problem.receipt ?? this.receipt;
			if (problem.remedy === "retry") {
				write(KEY + path, this.#written);
			}
			else {
				this.forget();
			}
			throw problem;
		}
	}

	#sent(signal, doubt) {
		const { path, terms, session, identifier, transaction } = this;
		return session ? pay(path, null, { terms, session, identifier, signal, doubt })
			: payBy(transaction, path, null, { terms, identifier, signal, doubt });
	}

	/** It is here. */
	arrived() {
		this.received = true;
		if (!this.repeats || !writeSpare(KEY + this.path, this.#written)) {
			this.forget();
		}
	}

	forget() {
		remove(KEY + this.path);
	}

	get #written() {
		const { terms, identifier, transaction, doubt, receipt } = this;
		return JSON.stringify({ terms, identifier, transaction, doubt, receipt, session: this.session && saved(this.session) });
	}

}
