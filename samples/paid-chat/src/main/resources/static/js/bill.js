/** The line below an answer: what it costs, how that is settled and what is left of the session. */

import { element } from "/x402/elements.js";
import { toDecimal, toUnits } from "/x402/money.js";
import { isHeld, settlementMark } from "./settlement.js";

export class Bill {

	constructor(site, terms, account, receipt) {
		this.account = account;
		this.most = BigInt(receipt.amount ?? terms.accepted.amount);
		this.held = isHeld(receipt);
		this.sum = element("span", { className: "sum" });
		this.left = element("span");
		this.line = element("div", { className: "bill" }, this.sum, " · ");
		if (receipt.transaction) {
			this.line.append(settlementMark(site, terms, receipt, (settlement) => this.#concluded(settlement)), " · ");
		}
		this.line.append(this.left);
		if (this.held) {
			this.add("0");
		}
		else {
			this.#show(this.most);
		}
	}

	/** Show what the words cost so far, a decimal, where they are paid for as they come. */
	add(charged) {
		if (this.held) {
			this.sum.textContent = `${toDecimal(toUnits(charged))} of at most ${toDecimal(this.most)} USDC`;
			this.#showLeft();
		}
	}

	/** What was held and not used is left again. */
	async #concluded({ status, amount }) {
		if (this.held && status !== "held") {
			this.held = false;
			await this.account.refresh().catch(() => {});
			this.#show(BigInt(amount));
		}
	}

	#show(amount) {
		this.sum.textContent = `${toDecimal(amount)} USDC`;
		this.#showLeft();
	}

	#showLeft() {
		this.left.textContent = `${toDecimal(this.account.remaining)} left`;
	}

}
