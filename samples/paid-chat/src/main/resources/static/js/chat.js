/**
 * The chat: each answer is paid for word by word as it comes, out of a session, or whole and alone by a transfer of its own,
 * and shows what it cost.
 */

import { Bill } from "./bill.js";
import { element, notify } from "/x402/elements.js";
import { toDecimal } from "/x402/money.js";
import { newIdentifier } from "/x402/payment.js";
import { events } from "./sse.js";
import { settlementMark } from "./settlement.js";
import { remedies, start } from "./start.js";
import { termsOf } from "/x402/terms.js";

const PATH = "/api/chat/stream";

const WHOLE = "/api/chat";

const notice = document.getElementById("chat-notice");
const log = document.getElementById("log");
const form = document.getElementById("say");
const message = document.getElementById("message");
const send = document.getElementById("send");
const stop = document.getElementById("stop");
const alone = document.getElementById("alone");

const { site, terms, account, panel } = await start(PATH, notice);

document.getElementById("cost").textContent = `${terms.resource.description}, at most ${toDecimal(BigInt(terms.accepted.amount))}`;

/** Not every facilitator takes payments without a session. */
const single = await termsOf(WHOLE, "POST", "exact").catch(() => null);

alone.hidden = !single;
if (single) {
	alone.textContent = `Pay this message alone, ${toDecimal(BigInt(single.accepted.amount))} USDC`;
}

let busy = false;
const show = () => {
	send.disabled = busy || account.sessions.length === 0;
	alone.disabled = busy || !account.wallet;
};
account.addEventListener("change", show);
show();

form.addEventListener("submit", (event) => {
	event.preventDefault();
	if (!send.disabled) {
		say(byWord);
	}
});

alone.addEventListener("click", () => say(whole));

function say(way) {
	const text = message.value.trim();
	if (text) {
		message.value = "";
		ask(text, newIdentifier(), add("you", text), way);
	}
}

message.addEventListener("keydown", (event) => {
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		form.requestSubmit();
	}
});

async function ask(text, identifier, asked, way) {
	notice.replaceChildren();
	busy = true;
	show();
	const answer = add("bot", "Paying…");
	try {
		await way(answer, { message: text }, identifier);
	}
	catch (problem) {
		answer.remove();
		asked.classList.add("failed");
		notify(notice, problem, remedies(panel, account, () => {
			asked.classList.remove("failed");
			ask(text, identifier, asked, way);
		}));
		if (problem.remedy !== "retry") {
			message.value ||= text;
		}
	}
	finally {
		busy = false;
		show();
		message.focus();
	}
}

async function byWord(answer, body, identifier) {
	const leaving = new AbortController();
	const { response, receipt } = await account.pay(PATH, body, terms, identifier, leaving.signal);
	const bill = new Bill(site, terms, account, receipt);
	answer.append(bill.line);
	await write(answer, response, bill, leaving);
}

async function whole(answer, body, identifier) {
	answer.querySelector("p").textContent = "Sign in your wallet, then the ledger takes a moment…";
	const { response, receipt } = await account.payAlone(WHOLE, body, single, identifier);
	answer.querySelector("p").textContent = (await response.json()).reply;
	answer.append(element("div", { className: "bill" }, `${toDecimal(BigInt(receipt.amount ?? single.accepted.amount))} USDC · `,
		settlementMark(site, single, receipt), " · paid alone"));
}

/** Whoever leaves an answer that is paid for as it comes, or loses it, has paid for the words that were there. */
async function write(answer, response, bill, leaving) {
	const words = answer.querySelector("p");
	words.textContent = "";
	stop.onclick = () => leaving.abort();
	stop.hidden = !bill.held;
	try {
		for await (const event of events(response.body)) {
			const { text, charged } = JSON.parse(event);
			words.textContent += text;
			bill.add(charged);
		}
	}
	catch (problem) {
		if (!bill.held) {
			throw problem;
		}
		words.textContent += " …";
	}
	finally {
		stop.hidden = true;
	}
}

function add(who, text) {
	const entry = element("li", { className: who }, element("p", {}, text));
	log.append(entry);
	entry.scrollIntoView({ block: "nearest" });
	return entry;
}
