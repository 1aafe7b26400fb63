/** The first page: live prices, and where the money goes. */

import { element, facts } from "/x402/elements.js";
import { toDecimal } from "/x402/money.js";
import { siteOf } from "./site.js";
import { termsOf } from "/x402/terms.js";

const METHODS = { "/api/quote": "GET" };

async function showPrice(place) {
	const path = place.dataset.price;
	try {
		const { accepted } = await termsOf(path, METHODS[path] ?? "POST");
		place.textContent = `${toDecimal(BigInt(accepted.amount))} USDC`;
		return accepted;
	}
	catch {
		place.textContent = "not for sale now";
		return null;
	}
}

const places = [...document.querySelectorAll("[data-price]")];
const [site, ...accepted] = await Promise.all([siteOf(), ...places.map(showPrice)]);
const terms = accepted.find(Boolean);
if (terms) {
	facts(document.getElementById("terms"), [
		["Network", site.networkName],
		["Paid to", element("span", { className: "address" }, terms.payTo)],
		["Asset", element("span", { className: "address" }, terms.asset)],
		["Settled by", terms.extra.facilitatorUrl],
	]);
}
document.getElementById("demo-note").hidden = !site.demoWallet;
