/**
 * The page that answers 402. A person pays on it, by one transfer or out of a session of this tab, and gets what was paid for.
 * Nothing is paid without a press of a button.
 */

import { Account } from "./account.js";
import { deliver, isKept, showAgain } from "./delivery.js";
import { Elapsed } from "./elapsed.js";
import { element, facts, notify } from "./elements.js";
import { hasFreighter } from "./freighter-wallet.js";
import { toDecimal, toUnits } from "./money.js";
import { siteOf } from "./page-site.js";
import { Problem } from "./problem.js";
import { Purchase } from "./purchase.js";
import { timeField } from "./session-times.js";

/** A session that is opened here is meant for so many calls. */
const USUAL_CALLS = 10n;

class PayPage {

	constructor(root, { required, ways, devnet }) {
		this.path = location.pathname + location.search;
		this.ways = ways.map((way) => ({ ...way, terms: { accepted: required.accepts[way.index], resource: required.resource,
			extensions: required.extensions ?? {} } }));
		this.session = this.#way("session");
		this.alone = this.#way("exact");
		this.site = siteOf(this.session ?? this.alone, devnet);
		this.account = new Account(this.site, this.session?.terms ?? null);
		this.account.addEventListener("change", () => this.show());
		/** A purchase whose end is not known, and one that has come. */
		this.pending = null;
		this.bought = null;
		this.busy = null;
		this.focused = false;
		this.panel = element("div");
		this.status = element("p", { className: "quiet" });
		this.status.setAttribute("role", "status");
		this.notice = element("div", { className: "notice" });
		this.notice.setAttribute("role", "alert");
		root.append(element("h2", {}, "Pay"), this.notice, this.panel, this.status);
		root.hidden = false;
		document.getElementById("x402-how").hidden = true;
	}

	/** A page has one wallet, which is on one network. */
	#way(scheme) {
		return this.ways.find((way) => way.scheme === scheme && way.passphrase === this.ways[0].passphrase);
	}

	async start() {
		try {
			const purchase = await Purchase.open(this.path);
			this.pending = purchase?.received ? null : purchase;
			this.bought = purchase?.received && purchase.repeats ? purchase : null;
			await this.account.restore();
		}
		catch (problem) {
			notify(this.notice, problem);
		}
		this.show();
		if (this.pending) {
			this.#tell(new Problem(this.pending.receipt ? "A payment for this page was made, and the server failed. "
				+ "Ask again, or who runs this site." : "A payment for this page was sent, and its answer did not come. "
				+ "Ask for it again: it is charged once.", { remedy: "retry" }));
		}
	}

	show() {
		if (this.busy) {
			return;
		}
		const focused = this.focused || this.panel.contains(document.activeElement);
		this.focused = false;
		const { wallet, sessions } = this.account;
		const parts = !globalThis.isSecureContext ? [element("p", {}, "Wallets need a secure page: open this one with https.")]
			: this.pending ? this.#startingOver()
				: !wallet ? this.#connecting() : [...this.#wallet(), ...this.#paying(sessions)];
		this.panel.replaceChildren(...parts);
		if (!this.pending && (isKept(this.path) || this.bought)) {
			this.panel.prepend(element("p", {}, "You have paid for this page in this tab before. ",
				this.#button("Show it again", () => this.#showAgain(), "second")));
		}
		if (focused) {
			this.panel.querySelector("button, input")?.focus();
		}
	}

	#showAgain() {
		return isKept(this.path) ? showAgain(this.path) : this.#work("Asking again…", () => this.#send(this.bought));
	}

	#startingOver() {
		const { receipt, identifier, terms } = this.pending;
		const paidBy = this.ways.find((way) => way.scheme === terms.accepted.scheme) ?? this.ways[0];
		const proof = element("dl");
		const paid = /^\d+$/.test(receipt?.amount) ? receipt.amount : terms.accepted.amount;
		facts(proof, [...receipt ? [["Paid", this.#amount(paid, paidBy)],
			["Transaction", element("span", { className: "address" }, String(receipt.transaction))]] : [],
			["Name of this purchase", element("span", { className: "address" }, identifier)]]);
		return [proof, element("p", {}, receipt ? "Keep this: it shows that you have paid. To begin anew is another payment."
			: "What was sent may still be charged besides, if you begin anew."), element("div", { className: "row" },
			this.#button("Start over", () => {
				this.pending.forget();
				this.pending = null;
				this.notice.replaceChildren();
				this.show();
			}, "second"))];
	}

	#connecting() {
		const buttons = element("div", { className: "row" });
		const hint = element("p", { className: "quiet" }, "Looking for Freighter…");
		const parts = [];
		if (this.site.fund) {
			parts.push(element("p", {}, element("strong", {}, "Play money. "),
				"This server sells on a ledger of its own machine, where nothing is worth anything."));
			buttons.append(this.#button("Use a demo wallet", () => this.#work("Making a wallet…", () => this.account.connect("demo"))));
		}
		hasFreighter().then((there) => {
			hint.textContent = there ? "" : "To pay here you need the Freighter browser extension. Reload the page when it is there.";
			if (there) {
				buttons.append(this.#button("Connect Freighter",
					() => this.#work("Ask Freighter…", () => this.account.connect("freighter"))));
			}
		});
		return [...parts, buttons, hint];
	}

	#wallet() {
		const { wallet } = this.account;
		return [element("p", { className: "quiet" }, `${wallet.name}: `, element("span", { className: "address" }, wallet.address))];
	}

	#paying(sessions) {
		const price = this.session && BigInt(this.session.terms.accepted.amount);
		const enough = sessions.find((session) => session.remaining >= price);
		const parts = [];
		if (enough) {
			parts.push(element("div", { className: "row" }, this.#button(`Pay ${this.#price(this.session)} from your session`,
				() => this.#buy(this.session, async (purchase) => purchase.from(enough)))));
		}
		if (this.alone) {
			parts.push(element("div", { className: "row" }, this.#button(`Pay ${this.#price(this.alone)} once`,
				() => this.#buy(this.alone, (purchase) => purchase.signed(this.account.wallet, this.site)), enough ? "second" : "")));
		}
		if (sessions.length > 0) {
			const left = toDecimal(this.account.remaining, this.session.decimals);
			parts.push(element("p", { className: "quiet", id: "x402-left" }, `Your session has ${left} ${this.session.symbol} left. `),
				element("div", { className: "row" }, this.#button("End the session",
					() => this.#work("Sign in your wallet…", () => this.account.end()), "second")));
		}
		if (this.session && !enough) {
			parts.push(this.#opening(price, sessions.length > 0));
		}
		return parts;
	}

	#opening(price, more) {
		const { decimals, symbol } = this.session;
		const cap = element("input", { id: "x402-cap", value: toDecimal(price * USUAL_CALLS, decimals), inputMode: "decimal",
			autocomplete: "off", required: true });
		const time = timeField({ id: "x402-time" });
		const open = element("button", { className: this.alone ? "second" : "" }, more ? "Open another session" : "Open a session");
		const form = element("form", {},
			element("p", {}, "Or sign once, and pay this site's pages from that for as long as you let it. What you do not use stays yours."),
			element("label", { htmlFor: cap.id }, `At most (${symbol})`), cap,
			element("label", { htmlFor: time.id }, "For"), time, element("div", { className: "row" }, open));
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			const amount = toUnits(cap.value, decimals);
			if (amount === null || amount < price) {
				this.#tell(new Problem(`Give at least ${this.#price(this.session)}, what one page costs.`));
				cap.focus();
				return;
			}
			this.#work("Sign in your wallet, then the ledger takes a moment…", () => this.account.open(amount, Number(time.value)));
		});
		return form;
	}

	/** The wallet or the session is asked first; from then on the purchase is one that can be asked for again. */
	async #buy(way, prepared) {
		await this.#work("Sign in your wallet…", async () => this.#send(await prepared(new Purchase(this.path, way.terms))));
	}

	async #send(purchase) {
		const leaving = new AbortController();
		this.#stoppable(leaving);
		try {
			const { response } = await purchase.send(leaving.signal);
			const shown = await deliver(this.path, response);
			purchase.arrived();
			this.pending = null;
			if (shown) {
				this.busy = "done";
				this.panel.replaceChildren(...shown);
				this.panel.tabIndex = -1;
				this.panel.focus();
			}
		}
		catch (problem) {
			if (purchase.received) {
				throw this.#notAgain(purchase, problem);
			}
			this.pending = (problem.remedy === "retry" || !(problem instanceof Problem)) ? purchase : null;
			this.bought = null;
			if (!(problem instanceof Problem)) {
				throw new Problem("The answer broke off. Ask for it again: it is charged once.", { remedy: "retry" });
			}
			await this.account.refresh().catch(() => {});
			throw problem;
		}
	}

	/** What has come once is no debt of the server's for ever. */
	#notAgain(purchase, problem) {
		if (problem instanceof Problem && problem.remedy !== "retry") {
			purchase.forget();
			this.bought = null;
		}
		return new Problem(`What you paid for cannot be shown again now. ${problem instanceof Problem ? problem.message : ""}`);
	}

	/** One thing at a time, with what goes on, how long it takes and what came of it. */
	async #work(doing, work) {
		if (this.busy) {
			return;
		}
		this.busy = doing;
		this.focused = this.panel.contains(document.activeElement) || this.notice.contains(document.activeElement);
		this.notice.replaceChildren();
		this.panel.querySelectorAll("button, input, select").forEach((control) => {
			control.disabled = true;
		});
		const elapsed = new Elapsed();
		this.status.replaceChildren(doing, elapsed.place);
		elapsed.start();
		let failure = null;
		try {
			await work();
		}
		catch (problem) {
			failure = problem;
		}
		elapsed.stop();
		this.status.replaceChildren();
		if (this.busy !== "done") {
			this.busy = null;
			this.show();
		}
		else {
			this.status.textContent = "Paid.";
		}
		if (failure) {
			this.#tell(failure);
		}
	}

	#stoppable(leaving) {
		const stop = element("button", { type: "button", className: "second" }, "Stop waiting");
		stop.addEventListener("click", () => leaving.abort());
		this.status.firstChild.textContent = "Paying, then the ledger takes a moment…";
		this.panel.append(element("div", { className: "row" }, stop));
	}

	#tell(problem) {
		const single = problem.remedy === "retry" && this.pending && !this.pending.repeats && !this.pending.receipt;
		const told = !single || problem.uncharged ? problem
			: new Problem("The payment may have been made. Look into your wallet before you pay again.");
		if (single) {
			this.pending.forget();
			this.pending = null;
			this.show();
		}
		const again = (label) => ({ label, action: () => this.#again() });
		notify(this.notice, told, {
			"retry": !this.pending ? again("Try again") : this.pending.repeats ? again("Ask again") : undefined,
			"reopen": again("Try again"),
		});
		this.notice.querySelector("button")?.focus();
	}

	#again() {
		const { pending } = this;
		return this.#work("Asking again…", async () => {
			if (pending) {
				await this.#send(pending);
			}
			else {
				await this.account.refresh();
			}
		});
	}

	#button(label, action, className = "") {
		const button = element("button", { type: "button", className }, label);
		button.addEventListener("click", action);
		return button;
	}

	#price(way) {
		return this.#amount(way.terms.accepted.amount, way);
	}

	#amount(units, { decimals, symbol }) {
		return `${toDecimal(BigInt(units), decimals)} ${symbol}`;
	}

}

new PayPage(document.getElementById("x402-pay"), JSON.parse(document.getElementById("x402-data").textContent)).start();
