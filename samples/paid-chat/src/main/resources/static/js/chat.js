/** The chat: each message is paid for as its answer begins, and shows what it cost. */

import { element, notify } from "./elements.js";
import { toDecimal } from "./money.js";
import { newIdentifier } from "./payment.js";
import { settlementMark } from "./settlement.js";
import { events } from "./sse.js";
import { remedies, start } from "./start.js";

const PATH = "/api/chat/stream";

const notice = document.getElementById("chat-notice");
const log = document.getElementById("log");
const form = document.getElementById("say");
const message = document.getElementById("message");
const send = document.getElementById("send");

const { site, terms, account, panel } = await start(PATH, notice);

document.getElementById("cost").textContent = `Up to ${toDecimal(BigInt(terms.accepted.amount))} USDC a message`;

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
	const answer = add("bot", "Settling on the ledger…");
	try {
		const { response, receipt } = await account.pay(PATH, { message: text }, terms, identifier);
		await write(answer, response);
		answer.append(bill(receipt));
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

async function write(answer, response) {
	const words = answer.querySelector("p");
	words.textContent = "";
	for await (const event of events(response.body)) {
		words.textContent += JSON.parse(event).text;
	}
}

function add(who, text) {
	const entry = element("li", { className: who }, element("p", {}, text));
	log.append(entry);
	entry.scrollIntoView({ block: "nearest" });
	return entry;
}

function bill(receipt) {
	const line = element("div", { className: "bill" }, `${toDecimal(BigInt(receipt.amount ?? terms.accepted.amount))} USDC · `);
	if (receipt.transaction) {
		line.append(settlementMark(site, terms, receipt.transaction), " · ");
	}
	line.append(`${toDecimal(account.remaining)} left`);
	return line;
}
