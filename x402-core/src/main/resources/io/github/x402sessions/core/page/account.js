/**
 * The visitor's wallet and sessions. A top-up opens one more session beside the others: its approve covers what they have
 * left, so the allowance on the ledger is never more than the sum that is shown. Calls are paid from the first that has enough.
 */

import { createDemoWallet, restoreDemoWallet } from "./demo-wallet.js";
import { close, proofMessage, quote, register, stateOf, takesKeys } from "./facilitator.js";
import { connectFreighter, freighterWallet } from "./freighter-wallet.js";
import { getJson, postJson } from "./http.js";
import { Problem } from "./problem.js";
import { createSessionKey, forgetSessionKey, restoreSessionKey } from "./session-key.js";
import { forget, load, save } from "./store.js";
import { pay, payBy } from "./payment.js";
import { Transfer } from "./transfer.js";

export class Account extends EventTarget {

	constructor(site, terms) {
		super();
		this.site = site;
		this.terms = terms;
		this.wallet = null;
		this.sessions = [];
		/** Of calls whose payment may have gone through: the session that they have to be repeated with. */
		this.tried = new Map();
		/** Of the same without a session: the transfer that they have to be repeated with. */
		this.transfers = new Map();
	}

	async restore() {
		const saved = load();
		if (saved.wallet) {
			this.wallet = saved.wallet.kind === "demo" ? await restoreDemoWallet(saved.wallet.key)
				: freighterWallet(saved.wallet.address);
			this.sessions = (await Promise.all(saved.sessions.map(restored))).filter((session) => session !== null);
			await this.refresh();
		}
	}

	async connect(kind) {
		const wallet = kind === "demo" ? await createDemoWallet() : await connectFreighter(this.site.passphrase);
		if (this.site.demoWallet) {
			await postJson("/api/demo/fund", { account: wallet.address });
		}
		this.wallet = wallet;
		this.#changed();
	}

	disconnect() {
		this.#forgetKeys(this.sessions);
		this.wallet = null;
		this.sessions = [];
		this.#changed();
	}

	/** Sign one approve for a cap (base units) and a time (seconds), and register the session. */
	async open(cap, seconds) {
		const { sequence, secondsPerLedger } = await getJson("/api/ledger");
		const expirationLedger = sequence + Math.ceil(seconds / secondsPerLedger);
		const wallet = this.wallet;
		const key = takesKeys(this.terms) ? await createSessionKey() : null;
		const request = { user: wallet.address, cap: cap.toString(), expirationLedger };
		const offer = await quote(this.terms, request, this.site.passphrase, key?.name);
		const transaction = await wallet.signTransaction(offer.transaction, this.site.passphrase);
		const proof = await wallet.signMessage(proofMessage(offer, key?.name));
		const opened = await register(this.terms, offer, transaction, proof, key?.name);
		this.sessions.push({
			id: opened.sessionId,
			key,
			spender: opened.spender,
			cap: opened.cap,
			remaining: BigInt(opened.cap) - BigInt(opened.spent),
			endsAt: Date.now() + (offer.expirationLedger - sequence) * secondsPerLedger * 1000,
			approval: offer.hash,
		});
		this.#changed();
	}

	/**
	 * Close the sessions and approve nothing in place of what was approved: what is left stays in the wallet for good. A
	 * facilitator that cannot be reached now reads that from the ledger.
	 */
	async end() {
		const { spender } = this.sessions[0];
		await Promise.allSettled(this.sessions.map((session) => close(this.terms, session.id)));
		const request = { user: this.wallet.address, spender, asset: this.terms.accepted.asset };
		const revocation = await postJson("/api/revocations", request);
		const transaction = await this.wallet.signTransaction(revocation.transaction, this.site.passphrase);
		await postJson(`/api/revocations/${revocation.hash}`, { transaction });
		this.#forgetKeys(this.sessions);
		this.sessions = [];
		this.#changed();
		return revocation.hash;
	}

	/**
	 * Pay for one call with the first session that has enough, or let the last one be refused.
	 * @param signal by which the caller leaves the answer
	 */
	async pay(path, body, terms, identifier, signal) {
		const price = BigInt(terms.accepted.amount);
		const session = this.sessions.find((each) => each.id === this.tried.get(identifier))
			?? this.sessions.find((each) => each.remaining >= price) ?? this.sessions.at(-1);
		if (!session) {
			throw new Problem("Open a session first.");
		}
		try {
			const paid = await pay(path, body, { terms, session, identifier, signal });
			session.remaining = BigInt(paid.receipt?.extensions?.session?.remaining ?? session.remaining);
			this.tried.delete(identifier);
			return paid;
		}
		catch (problem) {
			if (problem.remedy === "retry") {
				this.tried.set(identifier, session.id);
			}
			throw problem;
		}
		finally {
			this.#changed();
		}
	}

	/** Pay for one call alone, by a transfer of its own that the wallet signs. It takes no session, and leaves none. */
	async payAlone(path, body, terms, identifier) {
		const transfer = this.transfers.get(identifier) ?? new Transfer(this.wallet, terms, identifier, this.site.passphrase);
		this.transfers.delete(identifier);
		try {
			return await payBy(await transfer.transaction(), path, body, { terms, identifier });
		}
		catch (problem) {
			if (problem.remedy === "retry") {
				this.transfers.set(identifier, transfer);
			}
			throw problem;
		}
	}

	/** Ask the facilitator where the sessions stand; one that can pay no more is dropped. */
	async refresh() {
		const states = new Map(await Promise.all(this.sessions.map(async (session) => [session, await this.#stateOf(session)])));
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

	get remaining() {
		return this.sessions.reduce((sum, session) => sum + session.remaining, 0n);
	}

	get cap() {
		return this.sessions.reduce((sum, session) => sum + BigInt(session.cap), 0n);
	}

	get endsAt() {
		return Math.max(0, ...this.sessions.map((session) => session.endsAt));
	}

	#forgetKeys(sessions) {
		sessions.filter((session) => session.key).forEach((session) => forgetSessionKey(session.key.name));
	}

	#changed() {
		if (this.wallet) {
			const sessions = this.sessions.map((session) => ({ ...session, key: session.key?.name,
				remaining: session.remaining.toString() }));
			save({ wallet: this.wallet.saved, sessions });
		}
		else {
			forget();
		}
		this.dispatchEvent(new Event("change"));
	}

}

/** A session as it was saved, or null where it has a key that the browser has not kept: it cannot pay any more. */
async function restored(saved) {
	const key = saved.key ? await restoreSessionKey(saved.key) : null;
	return saved.key && !key ? null : { ...saved, key, remaining: BigInt(saved.remaining) };
}
