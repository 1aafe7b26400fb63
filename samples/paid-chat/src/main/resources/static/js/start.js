/** What chat and slot machine begin with: the site, its terms, the visitor's account and the panel that shows it. */

import { Account } from "/x402/account.js";
import { notify } from "/x402/elements.js";
import { Panel } from "./panel.js";
import { siteOf } from "./site.js";
import { termsOf } from "/x402/terms.js";

export async function start(path, notice) {
	try {
		const [site, terms] = await Promise.all([siteOf(), termsOf(path, "POST")]);
		const account = new Account(site, terms);
		const panel = new Panel(document.getElementById("session"), account);
		try {
			await account.restore();
		}
		catch (problem) {
			notify(notice, problem);
		}
		panel.show();
		return { site, terms, account, panel };
	}
	catch (problem) {
		notify(notice, problem);
		throw problem;
	}
}

export function remedies(panel, account, again) {
	return {
		"top-up": { label: "Top up", action: () => panel.focusTopUp() },
		"reopen": { label: "Open another session", action: async () => {
			await account.refresh().catch(() => {});
			panel.focusTopUp();
		} },
		"retry": { label: "Send it again", action: again },
	};
}
