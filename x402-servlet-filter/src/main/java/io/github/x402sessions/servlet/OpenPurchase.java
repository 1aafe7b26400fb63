package io.github.x402sessions.servlet;

import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.servlet.once.AnswerStore;
import io.github.x402sessions.servlet.once.Purchase;
import io.github.x402sessions.servlet.once.StoredAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What a request buys, from the moment that it has claimed its payment identifier: sees
 * to it that the store knows in the end what became of it. A payment without an
 * identifier of the client's leaves no trace. Thread-safe.
 */
final class OpenPurchase {

	private final @Nullable AnswerStore store;

	private final String key;

	private final String request;

	private final boolean owed;

	private Money money = Money.STAYED;

	private boolean repeatable;

	private boolean leaving;

	private boolean closed;

	private OpenPurchase(@Nullable AnswerStore store, String key, String request, boolean owed) {
		this.store = store;
		this.key = key;
		this.request = request;
		this.owed = owed;
	}

	/**
	 * Begin under an identifier that was claimed.
	 * @param owed whether it was paid for before, for an answer that never left
	 */
	static OpenPurchase claimed(AnswerStore store, String key, String request, boolean owed) {
		return new OpenPurchase(store, key, request, owed);
	}

	/** Begin without an identifier. */
	static OpenPurchase untracked() {
		return new OpenPurchase(null, "", "", false);
	}

	/** Whether somebody may ask for the same answer again. */
	boolean isTracked() {
		return this.store != null;
	}

	/** Whether an earlier settlement under this identifier pays for this answer. */
	boolean isOwed() {
		return this.owed;
	}

	/**
	 * The money may move from now on.
	 * @param repeatable whether settling once more would charge nothing
	 */
	synchronized void settling(boolean repeatable) {
		this.money = Money.MAY_HAVE_MOVED;
		this.repeatable = repeatable;
	}

	/** It is known what became of the money. */
	synchronized void settled(SettlementOutcome outcome) {
		if (outcome instanceof SettlementOutcome.Settled) {
			this.money = Money.MOVED;
		}
		else if (outcome instanceof SettlementOutcome.AlreadySpent) {
			this.money = Money.SPENT_BEFORE;
		}
		else if (!(outcome instanceof SettlementOutcome.Unknown)) {
			this.money = Money.STAYED;
		}
		if (this.closed) {
			putDown();
		}
	}

	/** Whether the answer that leaves now is worth keeping for those who ask again. */
	synchronized boolean leaves() {
		this.leaving = this.money == Money.MOVED;
		return this.leaving && isTracked();
	}

	/** The answer is complete. */
	synchronized void answered(String body, StoredAnswer answer) {
		if (this.store != null && !this.closed) {
			this.closed = true;
			this.store.put(this.key, new Purchase.Answered(this.request, body, answer));
		}
	}

	/** The request is over. Does nothing after {@link #answered} or a first time. */
	synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			putDown();
		}
	}

	private void putDown() {
		if (this.store == null) {
			return;
		}
		Purchase end = end();
		if (end != null) {
			this.store.put(this.key, end);
		}
		else {
			this.store.remove(this.key);
		}
	}

	private @Nullable Purchase end() {
		return switch (this.money) {
			case STAYED -> this.owed ? new Purchase.Owed(this.request) : null;
			case MAY_HAVE_MOVED, MOVED ->
				(this.repeatable && !this.leaving) ? new Purchase.Owed(this.request) : new Purchase.Spent(this.request);
			case SPENT_BEFORE -> new Purchase.Spent(this.request);
		};
	}

	/** Where the money is, as far as is known. */
	private enum Money {

		/** With the payer. */
		STAYED,

		/** On its way, or nobody knows. */
		MAY_HAVE_MOVED,

		/** With the recipient. */
		MOVED,

		/** With the recipient, for another answer. */
		SPENT_BEFORE

	}

}
