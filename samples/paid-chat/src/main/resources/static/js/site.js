/** What this site runs on, as the server tells it, and what the server does for a page that has no Stellar SDK. */

import { getJson, postJson } from "/x402/http.js";

export async function siteOf() {
	const site = await getJson("/api/site");
	return {
		...site,
		symbol: "USDC",
		fund: site.demoWallet ? (account) => postJson("/api/demo/fund", { account }) : undefined,
		ledger: () => getJson("/api/ledger"),
		transfers: {
			prepare: (wanted) => postJson("/api/transfers", wanted),
			complete: async ({ hash, signature }) => (await postJson(`/api/transfers/${hash}`, { signature })).transaction,
		},
		revocations: {
			prepare: (parties) => postJson("/api/revocations", parties),
			send: ({ hash, transaction }) => postJson(`/api/revocations/${hash}`, { transaction }),
		},
	};
}

/** A link that leaves what was paid for where it is. */
export function transactionLink(site, hash) {
	const link = document.createElement("a");
	link.href = site.explorer.replace("{hash}", hash);
	link.textContent = `${hash.slice(0, 8)}…`;
	link.title = `Transaction ${hash}, in a tab of its own`;
	link.target = "_blank";
	link.rel = "noopener noreferrer";
	return link;
}
