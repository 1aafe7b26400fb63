/** What this site runs on, as the server tells it. */

import { getJson } from "/x402/http.js";

export const siteOf = () => getJson("/api/site");

export function transactionLink(site, hash) {
	const link = document.createElement("a");
	link.href = site.explorer.replace("{hash}", hash);
	link.textContent = `${hash.slice(0, 8)}…`;
	link.title = `Transaction ${hash}`;
	if (!site.explorer.startsWith("/")) {
		link.target = "_blank";
		link.rel = "noopener noreferrer";
	}
	return link;
}
