/** The slot machine: the server draws, the page shows. */

import { element, notify } from "/x402/elements.js";
import { toDecimal } from "/x402/money.js";
import { newIdentifier } from "/x402/payment.js";
import { settlementMark } from "./settlement.js";
import { remedies, start } from "./start.js";

const PATH = "/api/slot";

const HISTORY = "slot-history";

const notice = document.getElementById("slot-notice");
const reels = document.getElementById("reels");
const result = document.getElementById("result");
const button = document.getElementById("pull");
const table = document.getElementById("history");

const past = JSON.parse(sessionStorage.getItem(HISTORY) ?? "[]");

turnTo(["seven", "seven", "seven"]);

const { site, terms, account, panel } = await start(PATH, notice);

button.textContent = `Pull for ${toDecimal(BigInt(terms.accepted.amount))} USDC`;
past.forEach(list);

let busy = false;
const show = () => {
	button.disabled = busy || account.sessions.length === 0;
};
account.addEventListener("change", show);
show();

button.addEventListener("click", () => pull(newIdentifier()));

async function pull(identifier) {
	notice.replaceChildren();
	result.textContent = "Settling on the ledger…";
	reels.classList.add("turning");
	busy = true;
	show();
	try {
		const { response, receipt } = await account.pay(PATH, {}, terms, identifier);
		const drawn = await response.json();
		turnTo(drawn.reels);
		result.textContent = `${drawn.reels.join(", ")}. ${drawn.win ? "Three of a kind!" : "No match this time."}`;
		const entry = { reels: drawn.reels, amount: receipt.amount ?? terms.accepted.amount, transaction: receipt.transaction };
		past.push(entry);
		sessionStorage.setItem(HISTORY, JSON.stringify(past.slice(-50)));
		list(entry);
	}
	catch (problem) {
		result.textContent = "";
		notify(notice, problem, remedies(panel, account, () => pull(identifier)));
	}
	finally {
		reels.classList.remove("turning");
		busy = false;
		show();
		button.focus();
	}
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
	table.prepend(element("tr", {}, element("td", {}, entry.reels.join(", ")),
		element("td", {}, `${toDecimal(BigInt(entry.amount))} USDC`),
		element("td", {}, entry.transaction ? settlementMark(site, terms, entry) : "")));
}
