/* The page: opens the books, filters them and shows what they say. */

import { Calls, KINDS, SUMMED, kindOf, sumsBy, total } from "./calls.js";
import { byId, element } from "./elements.js";
import { decimal, symbol } from "./money.js";
import { Pages, Refusal } from "./pages.js";
import { plot } from "./plot.js";

const SHOWN = 50;

const MOST_SUMS = 500;

/* More days than this are drawn as months. */
const MOST_DAYS = 120;

const EXPLORERS = { "stellar:pubnet": "public", "stellar:testnet": "testnet" };

const calls = new Calls();

let pages = null;

let first = 0;

function filter() {
	return Object.fromEntries(["asset", "kind", "from", "to", "text"].map((id) => [id, byId(id).value]));
}

function by() {
	return document.querySelector("input[name=by]:checked").value;
}

/* Nobody else's text becomes an address: a link is made of digits and letters alone. */
function proof(call) {
	const commitment = /^cmt_[A-Za-z0-9_-]{22}$/.test(call.id)
		? [element("a", { href: `settlements/${call.id}`, target: "_blank", rel: "noreferrer" }, call.id)] : [call.id];
	if (call.transaction === undefined) {
		return commitment;
	}
	const explorer = EXPLORERS[call.network];
	const transaction = explorer !== undefined && /^[0-9a-f]{64}$/.test(call.transaction)
		? element("a", { href: `https://stellar.expert/explorer/${explorer}/tx/${call.transaction}`, target: "_blank",
			rel: "noreferrer" }, call.transaction) : call.transaction;
	return call.deferred ? [transaction, element("br"), ...commitment] : [transaction];
}

function head(...names) {
	return element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name))));
}

function row(...cells) {
	return element("tr", {}, ...cells.map((cell) => element("td", {}, ...[cell].flat())));
}

function number(text) {
	return element("td", { class: "number" }, text);
}

function drawTotals(chosen, unit) {
	const sum = total(chosen);
	const entries = [["Calls", String(sum.count)], ...SUMMED.filter((kind) => kind.name === "paid" || sum.sums[kind.name] > 0n)
		.map((kind) => [kind.label, `${decimal(sum.sums[kind.name])} ${unit}`])];
	byId("totals").replaceChildren(...entries.map(([name, value]) => element("div", {}, element("dt", {}, name),
		element("dd", { "data-sum": name }, value))));
}

function drawSums(chosen, unit) {
	const what = by();
	const sums = sumsBy(chosen, what);
	const drawnBy = what === "day" && sums.length > MOST_DAYS ? "month" : what;
	const named = { day: "Day (UTC)", resource: "URL", payer: "Payer" }[what];
	byId("plot").replaceChildren(...plot(drawnBy === what ? sums : sumsBy(chosen, drawnBy), drawnBy, unit,
		`Sums by ${drawnBy === "resource" ? "URL" : drawnBy} in ${unit}; the table says the same`));
	const ordered = what === "day" ? [...sums].reverse() : sums;
	byId("sums").replaceChildren(
		element("caption", {}, ordered.length > MOST_SUMS ? `In ${unit}; ${MOST_SUMS} of ${ordered.length} rows`
			: `In ${unit}`),
		head(named, "Calls", ...SUMMED.map((kind) => kind.label)),
		element("tbody", {}, ...ordered.slice(0, MOST_SUMS).map((sum) => element("tr", {},
			element("th", { scope: "row" }, sum.name), number(String(sum.count)),
			...SUMMED.map((kind) => number(decimal(sum.sums[kind.name])))))));
}

function drawCalls(chosen, unit) {
	first = Math.min(first, Math.max(0, Math.floor((chosen.length - 1) / SHOWN) * SHOWN));
	const shown = chosen.slice(first, first + SHOWN);
	byId("calls").replaceChildren(
		element("caption", {}, `Newest first; amounts in ${unit}, times in UTC`),
		head("Time", "Amount", "State", "URL", "Payer", "Session", "Transaction or commitment"),
		element("tbody", {}, ...shown.map((call) => {
			const line = row(element("time", { datetime: call.at }, call.at.replace("T", " ").replace(/(\.\d+)?Z$/, "")), "",
				`${kindOf(call).label} (${call.status})`, call.resource ?? "not known", call.payer, call.handle ?? "none",
				proof(call));
			line.children[1].replaceWith(number(decimal(BigInt(call.amount))));
			return line;
		})));
	byId("place").textContent = chosen.length === 0 ? "No call"
		: `${first + 1} to ${first + shown.length} of ${chosen.length}`;
	byId("newer").disabled = first === 0;
	byId("older").disabled = first + SHOWN >= chosen.length;
	byId("csv").disabled = byId("lines").disabled = chosen.length === 0;
}

function draw() {
	const chosen = calls.matching(filter());
	const unit = byId("asset").selectedOptions[0]?.textContent ?? "";
	drawTotals(chosen, unit);
	drawSums(chosen, unit);
	drawCalls(chosen, unit);
}

function offerAssets() {
	const chosen = byId("asset").value;
	byId("asset").replaceChildren(...calls.assets().map((known) => element("option", { value: known.asset },
		symbol(known.network, known.asset))));
	if (calls.assets().some((known) => known.asset === chosen)) {
		byId("asset").value = chosen;
	}
}

function busy(is) {
	for (const control of document.querySelectorAll("#open button, #more, #csv, #lines")) {
		control.disabled = is;
	}
	byId("books").setAttribute("aria-busy", String(is));
}

/* One thing after the other: what it says when it fails stands where it is read aloud. */
async function perform(work) {
	const asked = pages;
	byId("problem").textContent = "";
	busy(true);
	try {
		await work();
		return true;
	}
	catch (failure) {
		if (asked === pages) {
			byId("problem").textContent = failure instanceof Refusal ? failure.message : "This page has failed. Open it anew.";
		}
		if (!(failure instanceof Refusal)) {
			console.error(failure);
		}
		return false;
	}
	finally {
		busy(false);
	}
}

async function read() {
	const asked = pages;
	const more = await asked.read((settlements) => {
		if (asked === pages) {
			calls.take(settlements);
			byId("state").textContent = `${calls.size} calls read`;
		}
	});
	if (asked !== pages) {
		return;
	}
	byId("state").textContent = more ? `${calls.size} calls read. There are more: look for changes to read on`
		: `${calls.size} calls, as of ${new Date().toISOString().slice(0, 19).replace("T", " ")} UTC`;
	offerAssets();
	draw();
}

function forget() {
	pages?.close();
	pages = null;
	calls.clear();
	first = 0;
	byId("key").value = "";
	byId("filters").reset();
	byId("books").hidden = true;
	byId("open").hidden = false;
	byId("state").textContent = "";
	for (const id of ["asset", "totals", "plot", "sums", "calls", "place"]) {
		byId(id).replaceChildren();
	}
}

async function open() {
	const opened = new Pages(byId("recipient").value.trim(), byId("key").value.trim());
	forget();
	pages = opened;
	const done = await perform(read);
	if (opened !== pages) {
		return;
	}
	if (!done) {
		forget();
		byId("key").focus();
		return;
	}
	byId("open").hidden = true;
	byId("books").hidden = false;
	byId("sums-heading").focus();
}

const FORMATS = {
	csv: { type: "text/csv", ending: "csv", idOf: (line) => line.slice(0, line.indexOf(",")) },
	lines: { type: "application/jsonl", ending: "jsonl", idOf: (line) => JSON.parse(line).id },
};

async function save(format) {
	const asked = pages;
	const ids = new Set(calls.matching(filter()).map((call) => call.id));
	const lines = await asked.lines(format.type, format.idOf, ids);
	if (asked !== pages) {
		return;
	}
	const url = URL.createObjectURL(new Blob(lines, { type: format.type }));
	element("a", { href: url, download: `settlements.${format.ending}` }).click();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

byId("kind").append(element("option", { value: "" }, "all"),
	...KINDS.map((kind) => element("option", { value: kind.name }, kind.label)));
byId("words").append(...KINDS.flatMap((kind) => [element("dt", {}, `${kind.label}: ${kind.states.join(", ")}`),
	element("dd", {}, kind.means)]));
byId("open").addEventListener("submit", (event) => {
	event.preventDefault();
	open();
});
byId("more").addEventListener("click", () => perform(read));
byId("forget").addEventListener("click", () => {
	forget();
	byId("recipient").focus();
});
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("filters").addEventListener("input", () => {
	first = 0;
	draw();
});
/* The fields have their old values until the event is over. */
byId("filters").addEventListener("reset", () => setTimeout(() => {
	first = 0;
	if (pages !== null) {
		draw();
	}
}));
byId("by").addEventListener("change", draw);
byId("newer").addEventListener("click", () => {
	first -= SHOWN;
	draw();
});
byId("older").addEventListener("click", () => {
	first += SHOWN;
	draw();
});
for (const [id, format] of Object.entries(FORMATS)) {
	byId(id).addEventListener("click", () => perform(() => save(format)));
}
window.addEventListener("pagehide", forget);
