/** A list that a reload must not lose. It is kept for this tab only, with its newest entries. */

export class Kept {

	/** @param most how many entries are kept */
	constructor(name, most) {
		this.name = name;
		this.most = most;
	}

	load() {
		try {
			return JSON.parse(sessionStorage.getItem(this.name)) ?? [];
		}
		catch {
			return [];
		}
	}

	/** Where the tab has no room for all, half of them are tried, and so on. */
	save(entries) {
		for (let newest = entries.slice(-this.most); ; newest = newest.slice(Math.ceil(newest.length / 2))) {
			try {
				sessionStorage.setItem(this.name, JSON.stringify(newest));
				return;
			}
			catch (full) {
				if (newest.length === 0) {
					return;
				}
			}
		}
	}

}
