/* The calls that were read, each as it is now, and what they sum up to. */

export const KINDS = [
	{ name: "paid", label: "Paid", states: ["confirmed"], means: "a ledger has the transfer: the money is yours" },
	{ name: "open", label: "Under way", states: ["committed", "submitted"],
		means: "committed, to be paid with others, or in a transaction that no ledger has yet" },
	{ name: "aside", label: "Set aside", states: ["reserved", "held"],
		means: "kept for a call that is not charged yet; of a stream the most that it may cost" },
	{ name: "late", label: "In default", states: ["defaulted"],
		means: "the payer could not pay when it was due; it is collected as soon as he can" },
	{ name: "lost", label: "Lost", states: ["written_off"], means: "given up for good: nothing pays it any more" },
	{ name: "nothing", label: "Not charged", states: ["released", "failed", "dead"],
		means: "nothing was paid and nothing will be; its amount counts in no sum" },
];

const OTHER = { name: "other", label: "Other", states: [], means: "a state that this page does not know; in no sum" };

/* What is drawn and summed up. */
export const SUMMED = KINDS.filter((kind) => kind.name !== "nothing");

export function kindOf(call) {
	return KINDS.find((kind) => kind.states.includes(call.status)) ?? OTHER;
}

/* Without its query, which differs from call to call. */
export function withoutQuery(resource) {
	return resource === undefined ? "not known" : resource.split(/[?#]/, 1)[0];
}

const NAMES = {
	day: (call) => call.at.slice(0, 10),
	month: (call) => call.at.slice(0, 7),
	resource: (call) => withoutQuery(call.resource),
	payer: (call) => call.payer,
};

export function emptySum(name) {
	return { name, count: 0, sums: Object.fromEntries(SUMMED.map((kind) => [kind.name, 0n])) };
}

function add(sum, call) {
	sum.count++;
	const kind = kindOf(call).name;
	if (kind in sum.sums) {
		sum.sums[kind] += BigInt(call.amount);
	}
}

export function total(calls) {
	const sum = emptySum("");
	calls.forEach((call) => add(sum, call));
	return sum;
}

/* Sums of what has the same day, month, URL or payer: times in their order, all else the largest first. */
export function sumsBy(calls, what) {
	const groups = new Map();
	for (const call of calls) {
		const name = NAMES[what](call);
		if (!groups.has(name)) {
			groups.set(name, emptySum(name));
		}
		add(groups.get(name), call);
	}
	const sums = [...groups.values()];
	return what === "day" || what === "month" ? sums.sort((one, other) => one.name < other.name ? -1 : 1)
		: sums.sort((one, other) => compare(height(other), height(one)) || other.count - one.count);
}

export function height(sum) {
	return Object.values(sum.sums).reduce((all, one) => all + one, 0n);
}

function compare(one, other) {
	return one < other ? -1 : one > other ? 1 : 0;
}

/* What was read, by id: a call that has changed takes the place of what it was. */
export class Calls {

	#byId = new Map();

	take(settlements) {
		settlements.forEach((call) => this.#byId.set(call.id, call));
	}

	get size() {
		return this.#byId.size;
	}

	clear() {
		this.#byId.clear();
	}

	/* The assets that were paid with, the most used first. */
	assets() {
		const counts = new Map();
		for (const call of this.#byId.values()) {
			const known = counts.get(call.asset) ?? { asset: call.asset, network: call.network, count: 0 };
			known.count++;
			counts.set(call.asset, known);
		}
		return [...counts.values()].sort((one, other) => other.count - one.count);
	}

	/* The calls that a filter lets through, the newest first. */
	matching({ asset, kind, from, to, text }) {
		const wanted = text.trim().toLowerCase();
		return [...this.#byId.values()].filter((call) => call.asset === asset
			&& (kind === "" || kindOf(call).name === kind)
			&& (from === "" || NAMES.day(call) >= from)
			&& (to === "" || NAMES.day(call) <= to)
			&& (wanted === "" || [call.id, call.resource, call.payer, call.handle, call.transaction]
				.some((value) => value !== undefined && value.toLowerCase().includes(wanted))))
			.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
	}

}
