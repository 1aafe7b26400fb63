/**
 * The panel of wallet and session: connect, open, watch, top up, end. It is made anew only where there is something else to do,
 * so that nobody loses the place where he is; what changes meanwhile is told once it rests.
 */

import { Elapsed } from "/x402/elapsed.js";
import { element, facts, notify } from "/x402/elements.js";
import { hasFreighter } from "/x402/freighter-wallet.js";
import { toDecimal, toUnits } from "/x402/money.js";
import { timeField } from "/x402/session-times.js";
import { LedgerClock } from "./ledger-clock.js";
import { transactionLink } from "./site.js";

const SHORTEST_TIME = 900;

const LAST_MINUTE = 60;

/** How long a change has to stand before it is told, milliseconds. */
const REST = 1500;

export class Panel {

	constructor(root, account, unit, next) {
		this.root = root;
		this.account = account;
		this.unit = unit;
		this.next = next;
		this.smallest = BigInt(account.terms.accepted.amount);
		this.clock = new LedgerClock(() => account.site.ledger());
		this.stage = null;
		this.endTold = 0;
		this.status = told("status", "hidden-text");
		this.done = told("status", "notice fine");
		this.notice = told("alert", "notice");
		this.notice.id = "session-notice";
		this.body = element("div");
		root.replaceChildren(element("h2", {}, "Your session"), this.body, this.notice, this.done, this.status);
		account.addEventListener("change", () => this.show());
		setInterval(() => this.#tick(), 1000);
	}

	show() {
		const { wallet, sessions } = this.account;
		const stage = !wallet ? "connecting" : sessions.length ? "open" : "opening";
		if (stage !== this.stage) {
			this.#enter(stage);
		}
		if (stage === "open") {
			this.#update();
		}
	}

	tellEnded() {
		this.done.replaceChildren("Your session has ended. What it did not use is in your wallet, where it was.");
	}

	focusAmount() {
		this.amountField?.focus();
	}

	/** Whoever has done something here goes on with what comes next. */
	#enter(stage) {
		const before = this.stage;
		const wasHere = this.body.contains(document.activeElement);
		this.stage = stage;
		this.amountField = null;
		this.#tell("");
		this.root.classList.toggle("open", stage === "open");
		this.body.replaceChildren(...{ connecting: () => this.#connecting(), opening: () => this.#opening(), open: () => this.#open() }[stage]());
		if (before === "open" && stage === "opening" && !this.ending) {
			this.tellEnded();
		}
		if (before === "connecting") {
			this.#tell("The wallet is connected.");
		}
		if (wasHere) {
			queueMicrotask(() => ((stage === "open" && this.next) || this.amountField)?.focus());
		}
	}

	#connecting() {
		const { site } = this.account;
		const nodes = [element("p", {}, "Connect a wallet. You choose how much this site may charge, and for how long.")];
		const buttons = element("div", { className: "row" });
		if (site.demoWallet) {
			nodes.push(element("p", { className: "quiet" }, element("span", { className: "badge" }, "Demo"),
				" A key made in this page, with play money of this machine's ledger. It lasts as long as the tab."));
			buttons.append(this.#action("Use a demo wallet", "Making a wallet…", () => this.account.connect("demo")));
		}
		const freighter = element("p", { className: "quiet" }, "Looking for Freighter…");
		hasFreighter().then((there) => {
			if (there) {
				freighter.remove();
				buttons.append(this.#action("Connect Freighter", "Ask Freighter…", () => this.account.connect("freighter")));
			}
			else {
				freighter.textContent = site.demoWallet ? ""
					: `You need the Freighter browser extension, set to ${site.networkName}. Reload the page when it is there.`;
			}
		});
		return [...nodes, buttons, freighter];
	}

	#opening() {
		this.amountField = this.#newAmountField("cap", "0.30");
		const time = timeField({ id: "time", name: "time" });
		const form = this.#form("Sign and open", "Sign in your wallet, then the ledger takes a moment…",
			async () => this.account.open(this.#amount(), Number(time.value)));
		form.prepend(element("label", { htmlFor: "cap" }, "At most (USDC)"), this.amountField,
			element("label", { htmlFor: "time" }, "For"), time);
		return [this.#wallet(), form, element("p", { className: "quiet" },
			"The session is kept in this tab only, so that a reload does not lose it. Closing the tab forgets it; the money stays yours.")];
	}

	#open() {
		const { account } = this;
		this.done.replaceChildren();
		this.meter = element("meter", { min: 0 });
		this.countdown = element("span");
		this.remaining = element("span", { id: "remaining" });
		this.cap = element("span");
		this.approval = element("span");
		const list = element("dl", { className: "facts" });
		facts(list, [["Left", this.remaining], ["Of", this.cap], ["Ends in", this.countdown], ["Approved in", this.approval]]);
		this.amountField = this.#newAmountField("more", "0.30");
		const topUp = this.#form("Top up", "Sign in your wallet…", async () => account.open(this.#amount(),
			Math.max(SHORTEST_TIME, this.clock.until(account.expirationLedger)?.seconds ?? 0)));
		topUp.prepend(element("label", { htmlFor: "more" }, "More (USDC)"), this.amountField);
		const end = this.#action("End the session", "Sign in your wallet…", () => this.#end());
		end.className = "second";
		return [this.#wallet(), this.meter, list, topUp, element("div", { className: "row" }, end)];
	}

	#update() {
		const { account } = this;
		const remaining = `${toDecimal(account.remaining)} USDC`;
		const cap = `${toDecimal(account.cap)} USDC`;
		this.meter.max = Number(toDecimal(account.cap));
		this.meter.value = Number(toDecimal(account.remaining));
		this.meter.setAttribute("aria-label", `${remaining} of ${cap} left`);
		if (this.cap.textContent !== cap) {
			this.approval.replaceChildren(transactionLink(account.site, account.sessions.at(-1).approval));
		}
		if (this.remaining.textContent !== remaining || this.cap.textContent !== cap) {
			this.#tell(`${remaining} of ${cap} left.`);
		}
		this.remaining.textContent = remaining;
		this.cap.textContent = cap;
		this.#tick();
	}

	async #end() {
		this.ending = true;
		try {
			const hash = await this.account.end();
			this.done.replaceChildren("The session has ended and the approval is taken back: ", transactionLink(this.account.site, hash));
		}
		finally {
			this.ending = false;
		}
	}

	#wallet() {
		const { wallet } = this.account;
		return element("p", {}, wallet.kind === "demo" ? element("span", { className: "badge" }, "Demo wallet")
			: wallet.name, " ", element("span", { className: "address" }, wallet.address));
	}

	#newAmountField(id, value) {
		const field = element("input", { id, name: id, value, inputMode: "decimal", autocomplete: "off", required: true });
		field.setAttribute("aria-describedby", this.notice.id);
		field.addEventListener("input", () => field.removeAttribute("aria-invalid"));
		return field;
	}

	/** A session pays each call alone, so that one which has less than a call may cost buys nothing. */
	#amount() {
		const field = this.amountField;
		const amount = toUnits(field.value);
		if (!amount || amount < this.smallest) {
			field.setAttribute("aria-invalid", "true");
			field.focus();
			throw new Error(amount ? `Give ${toDecimal(this.smallest)} USDC or more: that is what one ${this.unit} may cost.`
				: "Give an amount above 0, such as 0.50.");
		}
		return amount;
	}

	#form(label, busy, action) {
		const button = this.#action(label, busy, action);
		button.type = "submit";
		const form = element("form", { noValidate: true }, element("div", { className: "row" }, button));
		form.addEventListener("submit", (event) => event.preventDefault());
		return form;
	}

	/** A button that cannot be pressed twice, keeps the focus meanwhile, and tells what came of it. */
	#action(label, busy, action) {
		const button = element("button", { type: "button" }, label);
		button.addEventListener("click", async () => {
			if (button.getAttribute("aria-disabled") === "true") {
				return;
			}
			button.setAttribute("aria-disabled", "true");
			const elapsed = new Elapsed();
			button.replaceChildren(busy, elapsed.place);
			this.done.replaceChildren();
			this.notice.replaceChildren();
			elapsed.start();
			try {
				await action();
			}
			catch (problem) {
				notify(this.notice, problem);
			}
			finally {
				elapsed.stop();
				button.removeAttribute("aria-disabled");
				button.textContent = label;
			}
		});
		return button;
	}

	/** Tell what changed to those who do not see it, once it rests. */
	#tell(text) {
		clearTimeout(this.telling);
		this.telling = setTimeout(() => {
			this.status.textContent = text;
		}, REST);
	}

	#tick() {
		if (this.stage !== "open") {
			return;
		}
		const { account } = this;
		const end = account.expirationLedger;
		const left = this.clock.until(end);
		this.countdown.textContent = (left === null) ? "…" : left.over ? "ended" : left.seconds < 1 ? "a moment"
			: readable(Math.round(left.seconds));
		if (left && left.seconds <= LAST_MINUTE && this.endTold !== end) {
			this.endTold = end;
			this.#tell("The session ends within a minute.");
		}
		if (left?.over && !this.refreshing) {
			this.refreshing = true;
			account.refresh().catch(() => {}).finally(() => setTimeout(() => {
				this.refreshing = false;
			}, 5000));
		}
	}

}

function told(role, className) {
	const place = element("div", { className });
	place.setAttribute("role", role);
	return place;
}

function readable(seconds) {
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
