/* Reads the pages of a recipient's books. The key is kept here, in memory, and sent to the facilitator of this page alone. */

const LIMIT = 1000;

/* So many calls are read before somebody asks for more. */
const MOST = 200_000;

export class Refusal extends Error {}

const REASONS = {
	400: "That is no address, or these books were put back from a backup. Open them once more.",
	401: "The facilitator does not know this key.",
	403: "The key is not for this address.",
	429: "Too many questions from your address. Wait a minute.",
};

export class Pages {

	#recipient;
	#key;
	#leaving = new AbortController();
	#next = "0";

	constructor(recipient, key) {
		this.#recipient = recipient;
		this.#key = key;
	}

	close() {
		this.#leaving.abort();
		this.#key = "";
	}

	/* Read what is new, a page at a time; returns whether there is more. */
	async read(take) {
		for (let read = 0; read < MOST;) {
			const answer = await this.#get(this.#next, "application/json");
			const page = await this.#body(answer.json());
			take(page.settlements);
			this.#next = page.next;
			read += page.settlements.length;
			if (page.settlements.length < LIMIT) {
				return false;
			}
		}
		return true;
	}

	/* The facilitator's own lines for these ids, each as it is now, in another format; with the table's head, if any. */
	async lines(type, idOf, ids) {
		const lines = new Map();
		let head = "";
		for (let since = "0"; ;) {
			const answer = await this.#get(since, type);
			const next = /[?&]since=(\d+)/.exec(answer.headers.get("Link") ?? "")?.[1];
			const body = (await this.#body(answer.text())).split(/\r?\n/).filter((line) => line !== "");
			const page = type === "text/csv" ? body.slice(1) : body;
			head = type === "text/csv" ? body[0] : "";
			for (const line of page) {
				const id = idOf(line);
				if (ids.has(id)) {
					lines.delete(id);
					lines.set(id, line);
				}
			}
			if (page.length < LIMIT || next === undefined) {
				return (head === "" ? [...lines.values()] : [head, ...lines.values()])
					.map((line) => line + (head === "" ? "\n" : "\r\n"));
			}
			since = next;
		}
	}

	async #get(since, accept) {
		const query = new URLSearchParams({ recipient: this.#recipient, since, limit: LIMIT });
		let answer;
		try {
			answer = await fetch(`settlements?${query}`, {
				headers: { Accept: accept, Authorization: `Bearer ${this.#key}` },
				mode: "same-origin", cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
				signal: this.#leaving.signal,
			});
		}
		catch {
			throw new Refusal("The facilitator cannot be reached, or the key has characters that none has.");
		}
		if (!answer.ok) {
			throw new Refusal(REASONS[answer.status] ?? `The facilitator has answered ${answer.status}. Try again later.`);
		}
		return answer;
	}

	async #body(reading) {
		try {
			return await reading;
		}
		catch {
			throw new Refusal("The facilitator's answer broke off. Try again.");
		}
	}

}
