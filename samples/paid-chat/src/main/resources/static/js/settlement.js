/** How a payment was settled: by a transaction of the ledger, or at first by a commitment to one. */

import { element } from "/x402/elements.js";
import { settlementOf } from "/x402/facilitator.js";
import { transactionLink } from "./site.js";

const HASH = /^[0-9a-f]{64}$/i;
const PAUSE = 1000;
const TRIES = 900;

const UNPAID = "not settled: the wallet could not pay";
const ENDS = { released: "nothing charged", defaulted: UNPAID, written_off: UNPAID };

/** Whether an answer is paid for as it comes, so that its receipt names the most that it can cost. */
export const isHeld = (receipt) => receipt.extensions?.session?.settlement === "held";

/**
 * Show what a receipt names: a link to the transaction, or the commitment until there is one.
 * @param told hears what becomes of a commitment, {status, amount, …} by the facilitator's word
 * @param known what it has come to before a reload, if anything
 */
export function settlementMark(site, terms, receipt, told = () => {}, known = null) {
	const { transaction } = receipt;
	if (HASH.test(transaction)) {
		return transactionLink(site, transaction);
	}
	const mark = element("span", { title: `Commitment ${transaction}` });
	const show = (settlement) => {
		mark.classList.toggle("held", settlement.status === "held");
		mark.replaceChildren(...wordsOf(site, transaction, settlement));
	};
	show(known ?? { status: isHeld(receipt) ? "held" : "committed" });
	follow(terms, transaction, known?.status, async (settlement) => {
		await told(settlement);
		show(settlement);
	});
	return mark;
}

const committed = (commitment) => `committed as ${commitment.slice(0, 12)}…`;

function wordsOf(site, commitment, { status, transaction }) {
	if (status === "confirmed" && HASH.test(transaction)) {
		return ["settled in ", transactionLink(site, transaction)];
	}
	return [status === "held" ? status : ENDS[status] ?? committed(commitment)];
}

async function follow(terms, commitment, known, told) {
	for (let tries = 0; tries < TRIES && known !== "confirmed" && !(known in ENDS); tries++) {
		const settlement = await settlementOf(terms, commitment).catch(() => ({}));
		if (settlement.status && settlement.status !== known) {
			known = settlement.status;
			await told(settlement);
		}
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
	}
}
