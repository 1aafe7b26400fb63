/**
 * The visitor's wallet and sessions. A top-up opens one more session beside the others: its approve covers what they have
 * left, so the allowance on the ledger is never more than the sum that is shown. Calls are paid from the first that has enough.
 */

import { Approval } from "./approval.js";
import { ending, opening } from "./cover.js";
import { createDemoWallet, restoreDemoWallet } from "./demo-wallet.js";
import { close, proofMessage, quote, register, stateOf, takesKeys } from "./facilitator.js";
import { connectFreighter, freighterWallet } from "./freighter-wallet.js";
import { ledgerIn } from "./ledger-height.js";
import { Problem } from "./problem.js";
import { createSessionKey, forgetSessionKey, restoreSessionKey } from "./session-key.js";
import { forget, load, save } from "./store.js";
import { pay, payBy } from "./payment.js";
import { Transfer } from "./transfer.js";

/** Calls without an answer that are remembered, of each kind: more than a page offers to repeat. */
const MOST_OPEN_CALLS = 200;

export class Account extends EventTarget {

	/**
	 * @param site what the page runs on: the passphrase of its network, ledger(), transfers {prepare, complete}, revocations
	 * {prepare, send}, symbol and decimals of its asset; fund(account) where the ledger is one to play with
	 * @param terms those of sessions; null where none is asked for
	 */
	constructor(site, terms) {
		super();
		this.site = site;
		this.terms = terms;
		this.wallet = null;
		this.sessions = [];
		/** Those of other recipients, networks or facilitators, which are kept for their pages. */
		this.others = [];
		/** Of calls whose answer is not there yet: the session that they have to be repeated with, null where it is gone. */
		this.tried = new Map();
		/** Of the same without a session: the transfer that they have to be repeated with. */
		this.transfers = new Map();
	}

	async restore() {
		const saved = load();
		if (saved.wallet && (saved.wallet.kind !== "demo" || this.site.fund)) {
			this.wallet = saved.wallet.kind === "demo" ? await restoreDemoWallet(saved.wallet.key)
				: freighterWallet(saved.wallet.address);
			const sessions = (await Promise.all(saved.sessions.map(restored))).filter((session) => session !== null);
			this.sessions = sessions.filter((session) => this.#isFor(session));
			this.others = sessions.filter((session) => !this.#isFor(session));
			const withId = (id) => this.sessions.find((session) => session.id === id) ?? null;
			this.tried = new Map((saved.tried ?? []).map(([identifier, id]) => [identifier, withId(id)]));
			this.transfers = new Map((saved.transfers ?? []).map((transfer) => [transfer.identifier,
				Transfer.restored(this.wallet, transfer, this.site)]));
			await this.refresh();
		}
	}

	async connect(kind) {
		const wallet = kind === "demo" ? await createDemoWallet() : await connectFreighter(this.site.passphrase);
		await this.site.fund?.(wallet.address);
		this.wallet = wallet;
		this.#changed();
	}

	disconnect() {
		this.#forgetKeys([...this.sessions, ...this.others]);
		this.wallet = null;
		this.sessions = [];
		this.others = [];
		this.tried.forEach((session, identifier) => this.tried.set(identifier, null));
		this.#changed();
	}

	/** Sign one approve for a cap (base units) and a time (seconds), and register the session. */
	async open(cap, seconds) {
		const expirationLedger = await ledgerIn(seconds, this.site);
		const key = takesKeys(this.terms) ? await createSessionKey() : null;
		try {
			const session = await this.#opened(cap, expirationLedger, key);
			this.sessions.push(session);
		}
		catch (problem) {
			if (key) {
				await forgetSessionKey(key.name);
			}
			throw problem;
		}
		this.#changed();
	}

	async #opened(cap, expirationLedger, key) {
		const { terms, site, wallet } = this;
		const { network, asset, payTo: recipient, extra: { spender } } = terms.accepted;
		const user = wallet.address;
		const proposal = await quote(terms, { user, cap, expirationLedger }, key?.name);
		const { amount, lastLedger } = await opening(proposal, { cap, expirationLedger }, this.#restingOn(spender), site);
		const { transaction, hash } = await proposal.toSign(site.passphrase, amount, lastLedger);
		const session = { network, user, asset, recipient, cap: cap.toString(), expirationLedger: lastLedger, approval: hash,
			sessionKey: key?.name };
		const signed = await wallet.signTransaction(transaction, site.passphrase);
		const proof = await wallet.signMessage(proofMessage(session));
		const opened = await register(terms, session, signed, proof);
		return {
			id: opened.sessionId,
			key,
			spender,
			cap: session.cap,
			remaining: cap - BigInt(opened.spent ?? 0),
			expirationLedger: lastLedger,
			approval: hash,
			...payeeOf(terms),
		};
	}

	/** The sessions of this tab, whomever they pay, that one approval carries. */
	#restingOn(spender) {
		const { network, asset } = this.terms.accepted;
		return [...this.sessions, ...this.others].filter((session) => session.network === network && session.asset === asset
			&& session.spender === spender);
	}

	/**
	 * Close the sessions and take back what was approved for them, of each spender: what is left stays in the wallet for good. A
	 * facilitator that cannot be reached now reads that from the ledger. Until it is taken back a session stays, and pays nothing.
	 */
	async end() {
		const { sessions } = this;
		await Promise.allSettled(sessions.map(async (session) => {
			await close(this.terms, session.id);
			Object.assign(session, { closed: true, remaining: 0n });
		}));
		this.#changed();
		const taken = [];
		for (const spender of new Set(sessions.map((session) => session.spender))) {
			const ended = sessions.filter((session) => session.spender === spender);
			taken.push(await this.#takenBack(spender, ended).then((hash) => ({ hash }), (problem) => ({ problem })));
			if (taken.at(-1).hash) {
				this.#forgetKeys(ended);
				this.sessions = this.sessions.filter((session) => !ended.includes(session));
				this.#changed();
			}
		}
		const failed = taken.find(({ problem }) => problem);
		if (failed) {
			throw failed.problem;
		}
		return taken.at(-1).hash;
	}

	async #takenBack(spender, ended) {
		const { site, wallet } = this;
		const parties = { user: wallet.address, spender, asset: this.terms.accepted.asset };
		try {
			const { transaction } = await site.revocations.prepare(parties);
			const proposal = new Approval(transaction, parties);
			const others = this.#restingOn(spender).filter((session) => !ended.includes(session));
			const { amount, lastLedger } = await ending(proposal, others, site);
			const wanted = await proposal.toSign(site.passphrase, amount, lastLedger);
			const signed = await wallet.signTransaction(wanted.transaction, site.passphrase);
			await site.revocations.send({ hash: wanted.hash, transaction: signed, id: ended[0].id });
			return wanted.hash;
		}
		catch (problem) {
			throw ended.every((session) => session.closed) ? new Problem(`${problem.message} The session pays nothing any more, but its `
				+ "approval stands: end it once more to take that back.", { status: problem.status }) : problem;
		}
	}

	/**
	 * Pay for one call with the first session that has enough, or let the last one be refused. What it is paid with is noted
	 * before anything is sent and outlives a reload, until the answer is {@link received} or nothing was charged.
	 * @param signal by which the caller leaves the answer
	 */
	async pay(path, body, terms, identifier, signal) {
		const session = this.#sessionFor(identifier, BigInt(terms.accepted.amount));
		const doubt = this.tried.has(identifier);
		this.#note(this.tried, identifier, session);
		try {
			const paid = await pay(path, body, { terms, session, identifier, signal, doubt });
			session.remaining = BigInt(paid.receipt?.extensions?.session?.remaining ?? session.remaining);
			return paid;
		}
		catch (problem) {
			this.#forgetUncharged(this.tried, identifier, problem);
			throw problem;
		}
		finally {
			this.#changed();
		}
	}

	#sessionFor(identifier, price) {
		const open = this.sessions.filter((each) => !each.closed);
		const session = this.tried.get(identifier) ?? open.find((each) => each.remaining >= price) ?? open.at(-1);
		if (this.tried.get(identifier) === null) {
			throw new Problem("The session that this was sent with is gone. To send it anew would be another payment.");
		}
		if (!session) {
			throw new Problem("Open a session first.");
		}
		return session;
	}

	/** Pay for one call alone, by a transfer of its own that the wallet signs. It takes no session, and leaves none. */
	async payAlone(path, body, terms, identifier, signal) {
		const transfer = this.transfers.get(identifier) ?? new Transfer(this.wallet, terms, identifier, this.site);
		const doubt = transfer.made !== null;
		this.#note(this.transfers, identifier, transfer);
		try {
			const transaction = await transfer.transaction();
			this.#save();
			if (signal?.aborted) {
				throw new Problem("You stopped waiting, and nothing was sent.", { remedy: "retry" });
			}
			return await payBy(transaction, path, body, { terms, identifier, signal, doubt });
		}
		catch (problem) {
			this.#forgetUncharged(this.transfers, identifier, problem);
			throw problem;
		}
	}

	/** The answer to a call is there, or charged as far as it is there: nobody has to ask for it again. */
	received(identifier) {
		this.tried.delete(identifier);
		this.transfers.delete(identifier);
		this.#save();
	}

	#note(calls, identifier, paidWith) {
		calls.set(identifier, paidWith);
		[...calls.keys()].slice(0, -MOST_OPEN_CALLS).forEach((oldest) => calls.delete(oldest));
		this.#save();
	}

	/** Whatever else went wrong, it may have been charged. */
	#forgetUncharged(calls, identifier, problem) {
		if (problem instanceof Problem && problem.remedy !== "retry") {
			calls.delete(identifier);
			this.#save();
		}
	}

	/** Ask the facilitator where the sessions stand; one that can pay no more is dropped, unless its approval is to be taken back. */
	async refresh() {
		const open = this.sessions.filter((session) => !session.closed);
		const states = new Map(await Promise.all(open.map(async (session) => [session, await this.#stateOf(session)])));
		const isOver = (session) => (states.get(session)?.status ?? "active") !== "active";
		this.#forgetKeys(this.sessions.filter(isOver));
		this.sessions = this.sessions.filter((session) => !isOver(session));
		this.sessions.filter((session) => states.has(session)).forEach((session) => {
			session.remaining = BigInt(states.get(session).remaining);
		});
		this.#changed();
	}

	async #stateOf({ id }) {
		try {
			return await stateOf(this.terms, id);
		}
		catch (problem) {
			if (problem.status === 404) {
				return { status: "unknown" };
			}
			throw problem;
		}
	}

	#isFor(session) {
		return this.terms && Object.entries(payeeOf(this.terms)).every(([name, value]) => session[name] === value);
	}

	get remaining() {
		return this.sessions.reduce((sum, session) => sum + session.remaining, 0n);
	}

	get cap() {
		return this.sessions.reduce((sum, session) => sum + BigInt(session.cap), 0n);
	}

	/** The last ledger in which the longest of the sessions can pay. */
	get expirationLedger() {
		return Math.max(0, ...this.sessions.map((session) => session.expirationLedger));
	}

	#forgetKeys(sessions) {
		sessions.filter((session) => session.key).forEach((session) => forgetSessionKey(session.key.name));
	}

	#changed() {
		this.#save();
		this.dispatchEvent(new Event("change"));
	}

	#save() {
		if (!this.wallet) {
			forget();
			return;
		}
		save({
			wallet: this.wallet.saved,
			sessions: [...this.sessions, ...this.others].map(saved),
			tried: [...this.tried].map(([identifier, session]) => [identifier, session?.id]),
			transfers: [...this.transfers.values()].map((transfer) => transfer.saved),
		});
	}

}

/** Whom a session may pay, and who makes its payments. */
const payeeOf = ({ accepted: { network, asset, payTo, extra } }) => ({ network, asset, payTo, facilitator: extra.facilitatorUrl });

export const saved = (session) => ({ ...session, key: session.key?.name, remaining: session.remaining.toString() });

/** A session as it was saved, or null where it has a key that the browser has not kept: it cannot pay any more. */
export async function restored(saved) {
	const key = saved.key ? await restoreSessionKey(saved.key) : null;
	return saved.key && !key ? null : { ...saved, key, remaining: BigInt(saved.remaining) };
}
