/** How a payment was settled: by a transaction of the ledger, or at first by a promise of one. */

import { element } from "./elements.js";
import { settlementOf } from "./facilitator.js";
import { transactionLink } from "./site.js";

const HASH = /^[0-9a-f]{64}$/i;
const PAUSE = 3000;
const TRIES = 300;

/** Show what a receipt names: a link to the transaction, or that it is committed until there is one. */
export function settlementMark(site, terms, transaction) {
	if (HASH.test(transaction)) {
		return transactionLink(site, transaction);
	}
	const mark = element("span", { title: `Commitment ${transaction}` }, "committed");
	follow(site, terms, transaction, mark);
	return mark;
}

async function follow(site, terms, commitment, mark) {
	for (let tries = 0; tries < TRIES; tries++) {
		const { status, transaction } = await settlementOf(terms, commitment).catch(() => ({}));
		if (status === "confirmed" && HASH.test(transaction)) {
			mark.replaceChildren("settled in ", transactionLink(site, transaction));
			return;
		}
		if (status === "defaulted" || status === "written_off") {
			mark.textContent = "not settled: the wallet could not pay";
			return;
		}
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
	}
}
