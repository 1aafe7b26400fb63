/** What chat and slot machine begin with: the site, its terms, the visitor's account and the panel that shows it. */

import { Account } from "/x402/account.js";
import { notify } from "/x402/elements.js";
import { Panel } from "./panel.js";
import { payable, prices } from "./prices.js";
import { siteOf } from "./site.js";
import { load } from "/x402/store.js";

/**
 * @param unit what is bought on this page, for people
 * @param next what is done once there is a session, an element
 */
export async function start(path, notice, unit, next) {
	try {
		const [site, asked] = await Promise.all([siteOf(), prices()]);
		const terms = payable(asked(path));
		const account = new Account(site, terms);
		const panel = new Panel(document.getElementById("session"), account, unit, next);
		const { sessions: before = [] } = load();
		try {
			await account.restore();
		}
		catch (problem) {
			notify(notice, problem);
		}
		panel.show();
		if (before.length > 0 && account.sessions.length === 0) {
			panel.tellEnded();
		}
		return { site, terms, asked, account, panel };
	}
	catch (problem) {
		notify(notice, problem);
		throw problem;
	}
}

/** Ways on after a failure, but for sending the same again. */
export function remedies(panel, account) {
	return {
		"top-up": { label: "Top up", action: () => panel.focusAmount() },
		"reopen": { label: "Open another session", action: async () => {
			await account.refresh().catch(() => {});
			panel.focusAmount();
		} },
	};
}
