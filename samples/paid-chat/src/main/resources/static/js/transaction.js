/** One transaction of this machine's ledger. */

import { element, facts, notify } from "/x402/elements.js";
import { getJson } from "/x402/http.js";
import { toDecimal } from "/x402/money.js";

const hash = new URLSearchParams(location.search).get("hash") ?? "";

try {
	const found = await getJson(`/api/ledger/transactions/${encodeURIComponent(hash)}`);
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
	notify(document.getElementById("transaction-notice"), problem);
}
