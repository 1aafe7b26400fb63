/** The chat: each answer is paid for word by word as it comes, and shows what it cost. */

import { Bill } from "./bill.js";
import { element, notify } from "./elements.js";
import { toDecimal } from "./money.js";
import { newIdentifier } from "./payment.js";
import { events } from "./sse.js";
import { remedies, start } from "./start.js";

const PATH = "/api/chat/stream";

const notice = document.getElementById("chat-notice");
const log = document.getElementById("log");
const form = document.getElementById("say");
const message = document.getElementById("message");
const send = document.getElementById("send");
const stop = document.getElementById("stop");

const { site, terms, account, panel } = await start(PATH, notice);

document.getElementById("cost").textContent = `${terms.resource.description}, at most ${toDecimal(BigInt(terms.accepted.amount))}`;

let busy = false;
const show = () => {
	send.disabled = busy || account.sessions.length === 0;
};
account.addEventListener("change", show);
show();

form.addEventListener("submit", (event) => {
	event.preventDefault();
	const text = message.value.trim();
	if (text && !send.disabled) {
		message.value = "";
		ask(text, newIdentifier(), add("you", text));
	}
});

message.addEventListener("keydown", (event) => {
	if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
		event.preventDefault();
		form.requestSubmit();
	}
});

async function ask(text, identifier, asked) {
	notice.replaceChildren();
	busy = true;
	show();
	const answer = add("bot", "Paying…");
	const leaving = new AbortController();
	try {
		const { response, receipt } = await account.pay(PATH, { message: text }, terms, identifier, leaving.signal);
		const bill = new Bill(site, terms, account, receipt);
		answer.append(bill.line);
		await write(answer, response, bill, leaving);
	}
	catch (problem) {
		answer.remove();
		asked.classList.add("failed");
		notify(notice, problem, remedies(panel, account, () => {
			asked.classList.remove("failed");
			ask(text, identifier, asked);
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
