/** The panel of wallet and session: connect, open, watch, top up, end. */

import { element, facts, notify } from "/x402/elements.js";
import { hasFreighter } from "/x402/freighter-wallet.js";
import { toDecimal, toUnits } from "/x402/money.js";
import { transactionLink } from "./site.js";

const TIMES = [["15 minutes", 900], ["1 hour", 3600], ["1 day", 86400]];

const USUAL_TIME = 3600;

export class Panel {

	constructor(root, account) {
		this.root = root;
		this.account = account;
		this.topUpField = null;
		this.notice = element("div", { className: "notice" });
		this.notice.setAttribute("role", "alert");
		this.body = element("div");
		root.replaceChildren(element("h2", {}, "Your session"), this.body, this.notice);
		account.addEventListener("change", () => this.show());
		setInterval(() => this.#tick(), 1000);
	}

	show() {
		const { wallet, sessions } = this.account;
		const typing = this.topUpField;
		const focused = document.activeElement === typing;
		this.meter = null;
		this.countdown = null;
		this.topUpField = null;
		this.root.classList.toggle("open", sessions.length > 0);
		this.body.replaceChildren(...(!wallet ? this.#connecting() : sessions.length ? this.#open() : this.#opening()));
		if (typing && this.topUpField) {
			this.topUpField.value = typing.value;
			if (focused) {
				this.topUpField.focus();
			}
		}
		this.#tick();
	}

	focusTopUp() {
		(this.topUpField ?? this.capField)?.focus();
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
		this.capField = this.#amountField("cap", "0.30");
		const time = element("select", { id: "time", name: "time" },
			...TIMES.map(([label, seconds]) => element("option", { value: seconds, selected: seconds === USUAL_TIME }, label)));
		const form = this.#form("Sign and open", "Sign in your wallet, then the ledger takes a moment…",
			async () => this.account.open(this.#amount(this.capField), Number(time.value)));
		form.prepend(element("label", { htmlFor: "cap" }, "At most (USDC)"), this.capField,
			element("label", { htmlFor: "time" }, "For"), time);
		return [...this.#wallet(), form, element("p", { className: "quiet" },
			"The session is kept in this tab only, so that a reload does not lose it. Closing the tab forgets it; the money stays yours.")];
	}

	#open() {
		const { account } = this;
		const remaining = toDecimal(account.remaining);
		this.meter = element("meter", { min: 0, max: Number(toDecimal(account.cap)), value: Number(remaining) });
		this.meter.setAttribute("aria-label", `${remaining} of ${toDecimal(account.cap)} USDC left`);
		this.countdown = element("span");
		const list = element("dl", { className: "facts" });
		facts(list, [
			["Left", element("span", { id: "remaining" }, `${remaining} USDC`)],
			["Of", `${toDecimal(account.cap)} USDC`],
			["Ends in", this.countdown],
			["Approved in", transactionLink(account.site, account.sessions.at(-1).approval)],
		]);
		this.topUpField = this.#amountField("more", "0.30");
		const topUp = this.#form("Top up", "Sign in your wallet…", async () => account.open(this.#amount(this.topUpField),
			Math.max(900, (account.endsAt - Date.now()) / 1000)));
		topUp.prepend(element("label", { htmlFor: "more" }, "More (USDC)"), this.topUpField);
		const end = this.#action("End the session", "Sign in your wallet…", async () => this.#ended(await account.end()));
		end.className = "second";
		return [...this.#wallet(), this.meter, list, topUp, element("div", { className: "row" }, end)];
	}

	#ended(hash) {
		this.notice.classList.add("fine");
		this.notice.replaceChildren("The session has ended and the approval is taken back: ",
			transactionLink(this.account.site, hash));
	}

	#wallet() {
		const { wallet } = this.account;
		const line = element("p", {}, wallet.kind === "demo" ? element("span", { className: "badge" }, "Demo wallet")
			: wallet.name, " ", element("span", { className: "address" }, wallet.address));
		return [line];
	}

	#amountField(id, value) {
		return element("input", { id, name: id, value, inputMode: "decimal", autocomplete: "off", required: true });
	}

	#amount(field) {
		const amount = toUnits(field.value);
		if (!amount) {
			field.focus();
			throw new Error("Give an amount above 0, such as 0.50.");
		}
		return amount;
	}

	#form(label, busy, action) {
		const button = this.#action(label, busy, action);
		button.type = "submit";
		const form = element("form", {}, element("div", { className: "row" }, button));
		form.addEventListener("submit", (event) => event.preventDefault());
		return form;
	}

	/** A button that cannot be pressed twice and tells what came of it. */
	#action(label, busy, action) {
		const button = element("button", { type: "button" }, label);
		button.addEventListener("click", async () => {
			button.disabled = true;
			button.textContent = busy;
			this.notice.classList.remove("fine");
			this.notice.replaceChildren();
			try {
				await action();
			}
			catch (problem) {
				notify(this.notice, problem);
			}
			finally {
				button.disabled = false;
				button.textContent = label;
			}
		});
		return button;
	}

	#tick() {
		if (this.countdown) {
			const seconds = Math.max(0, Math.round((this.account.endsAt - Date.now()) / 1000));
			this.countdown.textContent = seconds === 0 ? "ended" : readable(seconds);
		}
	}

}

function readable(seconds) {
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
