/**
 * The chat: each answer is paid for word by word as it comes, out of a session, or whole and alone by a transfer of its own,
 * and shows what it cost.
 */

import { Bill } from "./bill.js";
import { Elapsed } from "/x402/elapsed.js";
import { element, notify } from "/x402/elements.js";
import { toDecimal } from "/x402/money.js";
import { newIdentifier } from "/x402/payment.js";
import { Conversation } from "./conversation.js";
import { settlementMark } from "./settlement.js";
import { events } from "./sse.js";
import { remedies, start } from "./start.js";
import { cutOff, mayBeCharged, reloaded, waitFor } from "./waiting.js";

const PATH = "/api/chat/stream";

const WHOLE = "/api/chat";

const notice = document.getElementById("chat-notice");
const log = document.getElementById("log");
const form = document.getElementById("say");
const message = document.getElementById("message");
const send = document.getElementById("send");
const stop = document.getElementById("stop");
const alone = document.getElementById("alone");

const conversation = new Conversation();
const turns = conversation.turns.map((turn) => ({ turn, ...shown(turn) }));

const { site, terms, asked, account, panel } = await start(PATH, notice, "message", message);

document.getElementById("cost").textContent = `${terms.resource.description}, at most ${toDecimal(BigInt(terms.accepted.amount))}`;

/** Not every facilitator takes payments without a session. */
const single = asked(WHOLE, "exact");

alone.hidden = !single;
if (single) {
	alone.textContent = `Pay this message alone, ${toDecimal(BigInt(single.accepted.amount))} USDC`;
}

let busy = false;
const show = () => {
	send.disabled = account.sessions.length === 0;
	alone.disabled = !account.wallet;
	[send, alone, ...log.querySelectorAll("button")].forEach((button) => button.setAttribute("aria-disabled", busy));
};
account.addEventListener("change", show);
turns.forEach(restore);
show();

form.addEventListener("submit", (event) => {
	event.preventDefault();
	if (!send.disabled) {
		say("byWord");
	}
});

alone.addEventListener("click", () => say("whole"));

message.addEventListener("keydown", (event) => {
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		form.requestSubmit();
	}
});

function say(way) {
	const text = message.value.trim();
	if (text && !busy) {
		message.value = "";
		const turn = conversation.add({ text, way, identifier: newIdentifier() });
		ask(turn, shown(turn).asked);
	}
}

async function ask(turn, asked) {
	notice.replaceChildren();
	asked.classList.remove("failed");
	asked.querySelector(".row")?.remove();
	busy = true;
	show();
	const answer = add("bot", "Paying…");
	answer.setAttribute("aria-busy", "true");
	try {
		await { byWord, whole }[turn.way](answer, turn);
	}
	catch (problem) {
		answer.remove();
		failed(problem, turn, asked);
	}
	finally {
		answer.removeAttribute("aria-busy");
		busy = false;
		show();
		if (form.contains(document.activeElement) || document.activeElement === document.body) {
			message.focus();
		}
	}
}

/** What may have been charged can be asked for as long as it stands there; the rest can be written anew. */
function failed(problem, turn, asked) {
	notify(notice, problem, remedies(panel, account));
	asked.classList.add("failed");
	if (mayBeCharged(problem)) {
		offerAgain(turn, asked);
	}
	else {
		conversation.drop(turn);
		message.value ||= turn.text;
	}
}

function offerAgain(turn, asked) {
	const again = element("button", { type: "button", className: "second" }, "Send it again");
	again.addEventListener("click", () => {
		if (!busy) {
			ask(turn, asked);
		}
	});
	asked.append(element("div", { className: "row" }, again));
}

async function byWord(answer, turn) {
	const leaving = new AbortController();
	const { response, receipt } = await paid(answer, leaving,
		(signal) => account.pay(PATH, { message: turn.text }, terms, turn.identifier, signal));
	const bill = new Bill(site, terms, account, receipt, null, () => conversation.keep(turn, { bill: bill.saved }));
	answer.append(bill.line);
	if (bill.held) {
		account.received(turn.identifier);
	}
	await write(answer, response, bill, leaving, turn);
	account.received(turn.identifier);
}

async function whole(answer, turn) {
	const { response, receipt } = await paid(answer, new AbortController(),
		(signal) => account.payAlone(WHOLE, { message: turn.text }, single, turn.identifier, signal),
		"Sign in your wallet, then the ledger takes a moment…");
	const { reply } = await response.json().catch(() => {
		throw cutOff();
	});
	account.received(turn.identifier);
	const { transaction, amount = single.accepted.amount } = receipt;
	conversation.keep(turn, { answered: true, words: reply, alone: { transaction, amount } });
	answer.querySelector("p").textContent = reply;
	answer.append(aloneLine(turn.alone));
}

function paid(answer, leaving, work, words = "Paying…") {
	const elapsed = new Elapsed();
	answer.querySelector("p").replaceChildren(words, elapsed.place);
	return waitFor(work, leaving, stop, elapsed);
}

function aloneLine({ transaction, amount }) {
	return element("div", { className: "bill" }, `${toDecimal(BigInt(amount))} USDC · `,
		settlementMark(site, single ?? terms, { transaction }), " · paid alone");
}

/** Whoever leaves an answer that is paid for as it comes, or loses it, has paid for the words that were there. */
async function write(answer, response, bill, leaving, turn) {
	const { held } = bill;
	const words = answer.querySelector("p");
	const keep = (end) => conversation.keep(turn, { answered: true, words: words.textContent + end, bill: bill.saved });
	words.textContent = "";
	stop.textContent = "Stop";
	stop.onclick = () => leaving.abort();
	stop.hidden = !held;
	try {
		if (held) {
			keep(" …");
		}
		for await (const event of events(response.body)) {
			const { text, charged } = JSON.parse(event);
			words.textContent += text;
			bill.add(charged);
			if (held) {
				keep(" …");
			}
		}
	}
	catch {
		if (!held) {
			throw cutOff();
		}
		words.textContent += " …";
	}
	finally {
		stop.hidden = true;
	}
	keep("");
}

/** What a turn looked like before the page was loaded; its bill follows with the account. */
function shown(turn) {
	const asked = add("you", turn.text);
	const answer = turn.answered ? add("bot", turn.words) : null;
	return { asked, answer };
}

function restore({ turn, asked, answer }) {
	if (!answer) {
		failed(reloaded(), turn, asked);
	}
	else if (turn.alone) {
		answer.append(aloneLine(turn.alone));
	}
	else if (turn.bill) {
		const bill = new Bill(site, terms, account, turn.bill.receipt, turn.bill, () => conversation.keep(turn, { bill: bill.saved }));
		answer.append(bill.line);
	}
}

function add(who, text) {
	const entry = element("li", { className: who }, element("p", {}, text));
	log.append(entry);
	entry.scrollIntoView({ block: "nearest" });
	return entry;
}
