/** The slot machine: the server draws, the page shows. */

import { Elapsed } from "/x402/elapsed.js";
import { element, notify } from "/x402/elements.js";
import { toDecimal } from "/x402/money.js";
import { newIdentifier } from "/x402/payment.js";
import { Kept } from "./kept.js";
import { settlementMark } from "./settlement.js";
import { remedies, start } from "./start.js";
import { cutOff, mayBeCharged, reloaded, waitFor } from "./waiting.js";

const PATH = "/api/slot";

const notice = document.getElementById("slot-notice");
const reels = document.getElementById("reels");
const result = document.getElementById("result");
const button = document.getElementById("pull");
const cancel = document.getElementById("cancel");
const table = document.getElementById("history");

const past = new Kept("slot-history", 50);

/** The identifier of a pull that may have been charged and was not seen: the next one is that. */
const sent = new Kept("slot-sent", 1);

const elapsed = new Elapsed();
document.getElementById("progress").append(elapsed.place);

turnTo(past.load().at(-1)?.reels ?? ["seven", "seven", "seven"]);

const { site, terms, account, panel } = await start(PATH, notice, "pull", button);

past.load().forEach(list);

let busy = false;
const show = () => {
	const price = `${toDecimal(BigInt(terms.accepted.amount))} USDC`;
	button.textContent = sent.load().length && !busy ? "Send it again" : `Pull for ${price}`;
	button.disabled = account.sessions.length === 0 && !busy;
	button.setAttribute("aria-disabled", busy);
};
account.addEventListener("change", show);
show();
if (sent.load().length) {
	notify(notice, reloaded(), ways());
}

button.addEventListener("click", () => {
	if (!busy) {
		pull(sent.load()[0] ?? newIdentifier());
	}
});

async function pull(identifier) {
	notice.replaceChildren();
	sent.save([identifier]);
	result.textContent = "Settling on the ledger…";
	reels.classList.add("turning");
	busy = true;
	show();
	try {
		const { response, receipt } = await waitFor((signal) => account.pay(PATH, {}, terms, identifier, signal),
			new AbortController(), cancel, elapsed);
		const drawn = await response.json().catch(() => {
			throw cutOff();
		});
		seen(identifier);
		turnTo(drawn.reels);
		result.textContent = `${drawn.reels.join(", ")}. ${drawn.win ? "Three of a kind!" : "No match this time."}`;
		const entry = { reels: drawn.reels, amount: receipt?.amount ?? terms.accepted.amount, transaction: receipt?.transaction };
		past.save([...past.load(), entry]);
		list(entry);
	}
	catch (problem) {
		if (!mayBeCharged(problem)) {
			seen(identifier);
		}
		result.textContent = "";
		notify(notice, problem, ways());
	}
	finally {
		const left = [document.body, cancel].includes(document.activeElement);
		reels.classList.remove("turning");
		busy = false;
		show();
		if (left) {
			button.focus();
		}
	}
}

/** Who does not get a pull that was sent may leave it, and knows that it may be charged. */
function ways() {
	return { ...remedies(panel, account), "retry": { label: "Give it up", action: () => {
		seen(sent.load()[0]);
		show();
		button.focus();
	} } };
}

/** There is nothing more to ask for: it is here, or was not charged. */
function seen(identifier) {
	sent.save([]);
	account.received(identifier);
}

function turnTo(symbols) {
	[...reels.children].forEach((reel, index) => reel.replaceChildren(symbol(symbols[index])));
}

function symbol(name) {
	const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
	use.setAttribute("href", `/images/reels.svg#${name}`);
	svg.append(use);
	return svg;
}

function list(entry) {
	document.getElementById("pulls").hidden = false;
	table.prepend(element("tr", {}, element("td", {}, entry.reels.join(", ")),
		element("td", {}, `${toDecimal(BigInt(entry.amount))} USDC`),
		element("td", {}, entry.transaction ? settlementMark(site, terms, entry) : "")));
}
