/** The line below an answer: what it costs, how that is settled and what is left of the session. */

import { element } from "/x402/elements.js";
import { toDecimal, toUnits } from "/x402/money.js";
import { isHeld, settlementMark } from "./settlement.js";

export class Bill {

	/**
	 * @param kept what {@link saved} said before a reload
	 * @param changed hears that it says something else now
	 */
	constructor(site, terms, account, receipt, kept = null, changed = () => {}) {
		this.account = account;
		this.receipt = receipt;
		this.changed = changed;
		this.most = BigInt(receipt.amount ?? terms.accepted.amount);
		this.held = kept?.held ?? isHeld(receipt);
		this.settlement = kept?.settlement ?? null;
		this.sum = element("span", { className: "sum" });
		this.left = element("span");
		this.line = element("div", { className: "bill" }, this.sum, " · ");
		this.line.setAttribute("aria-live", "off");
		if (receipt.transaction) {
			this.line.append(settlementMark(site, terms, receipt, (settlement) => this.#concluded(settlement), this.settlement), " · ");
		}
		this.line.append(this.left);
		if (kept) {
			this.sum.textContent = kept.sum;
			this.left.textContent = kept.left;
		}
		else if (this.held) {
			this.add("0");
		}
		else {
			this.#show(this.most);
		}
	}

	/** What a reload must not lose. */
	get saved() {
		const { transaction, amount, extensions } = this.receipt;
		return {
			receipt: { transaction, amount, extensions: { session: { settlement: extensions?.session?.settlement } } },
			sum: this.sum.textContent,
			left: this.left.textContent,
			held: this.held,
			settlement: this.settlement,
		};
	}

	/** Show what the words cost so far, a decimal, where they are paid for as they come. */
	add(charged) {
		if (this.held) {
			this.sum.textContent = `${toDecimal(toUnits(charged))} of at most ${toDecimal(this.most)} USDC`;
			this.#showLeft();
		}
	}

	/** What was held and not used is left again. */
	async #concluded(settlement) {
		const { status, amount, transaction } = settlement;
		this.settlement = { status, transaction };
		if (this.held && status !== "held") {
			this.held = false;
			await this.account.refresh().catch(() => {});
			this.#show(BigInt(amount));
		}
		this.changed();
	}

	#show(amount) {
		this.sum.textContent = `${toDecimal(amount)} USDC`;
		this.#showLeft();
	}

	#showLeft() {
		this.left.textContent = `${toDecimal(this.account.remaining)} left`;
	}

}
