/** The first page: live prices, and where the money goes. */

import { element, facts } from "/x402/elements.js";
import { toDecimal } from "/x402/money.js";
import { siteOf } from "./site.js";
import { prices } from "./prices.js";

const places = [...document.querySelectorAll("[data-price]")];
const [site, asked] = await Promise.all([siteOf(), prices().catch(() => () => null)]);
const accepted = places.map((place) => {
	const found = asked(place.dataset.price)?.accepted;
	place.textContent = found ? `${toDecimal(BigInt(found.amount))} USDC` : "not for sale now";
	return found;
});
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
