/**
 * The purchase of one page. It is written down in this tab before its payment leaves, and until what was bought is here or nothing
 * was charged for certain: whatever breaks, a reload too, it is asked for with the same payment and is charged once.
 */

import { restored, saved } from "./account.js";
import { newIdentifier, pay, payBy } from "./payment.js";
import { Transfer } from "./transfer.js";

const KEY = "x402-purchase:";

export class Purchase {

	constructor(path, terms, identifier = newIdentifier()) {
		this.path = path;
		this.terms = terms;
		this.identifier = identifier;
		this.session = null;
		this.transaction = null;
	}

	/** The purchase that was begun at an address and whose end is not known, or null. */
	static async open(path) {
		const kept = JSON.parse(sessionStorage.getItem(KEY + path));
		if (!kept) {
			return null;
		}
		const purchase = new Purchase(path, kept.terms, kept.identifier);
		purchase.transaction = kept.transaction;
		purchase.session = kept.session ? await restored(kept.session) : null;
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

	/** Answers {response, receipt}. What it throws with the remedy "retry" may have been paid. */
	async send(signal) {
		const { path, terms, identifier } = this;
		this.#keep();
		try {
			return this.session ? await pay(path, null, { terms, session: this.session, identifier, signal })
				: await payBy(this.transaction, path, null, { terms, identifier, signal });
		}
		catch (problem) {
			if (problem.remedy !== "retry") {
				this.forget();
			}
			throw problem;
		}
	}

	forget() {
		sessionStorage.removeItem(KEY + this.path);
	}

	#keep() {
		const { terms, identifier, transaction } = this;
		const session = this.session && saved(this.session);
		sessionStorage.setItem(KEY + this.path, JSON.stringify({ terms, identifier, transaction, session }));
	}

}
