/** One transaction of this machine's ledger. */

import { element, facts, notify } from "/x402/elements.js";
import { getJson } from "/x402/http.js";
import { toDecimal } from "/x402/money.js";

const HASH = /^[0-9a-f]{64}$/;

const asked = (new URLSearchParams(location.search).get("hash") ?? "").trim();
const form = document.getElementById("look");
const field = document.getElementById("hash");
const notice = document.getElementById("transaction-notice");

field.value = asked;

form.addEventListener("submit", (event) => {
	event.preventDefault();
	location.assign(`/transaction?${new URLSearchParams({ hash: field.value.trim() })}`);
});

if (HASH.test(asked.toLowerCase())) {
	await show(asked.toLowerCase());
}
else if (asked) {
	field.setAttribute("aria-invalid", "true");
	notify(notice, new Error("That is no transaction's hash: it has 64 digits, 0 to 9 and a to f."));
}

async function show(hash) {
	try {
		const found = await getJson(`/api/ledger/transactions/${hash}`);
		const address = (text) => element("span", { className: "address" }, text);
		facts(document.getElementById("transaction"), [
			["Hash", address(found.hash)],
			["Status", found.status],
			["Ledger", String(found.ledger)],
			["Closed at", new Date(found.closedAt).toLocaleString()],
			["Call", found.function],
			["Contract", address(found.contract)],
			...found.parties.map(({ role, account }) => [role, address(account)]),
			["Amount", `${toDecimal(BigInt(found.amount))} USDC`],
			["Fee", `${found.fee} stroops, paid by the transaction's source`],
		]);
	}
	catch (problem) {
		notify(notice, problem);
	}
}
