package io.github.x402sessions.core.purchase;

import java.math.BigInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.github.x402sessions.core.gate.SettlementOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The purchase of a request, from the moment that it has claimed its payment identifier:
 * sees to it that the store knows in the end what became of it. A payment without an
 * identifier of the client's leaves no trace. Thread-safe; the store, which may be slow,
 * is called under a lock and no monitor.
 */
public final class IdempotentPurchase {

	private static final Logger logger = LoggerFactory.getLogger(IdempotentPurchase.class);

	/** How often a handler runs for an answer that nobody gets. */
	private static final int MAX_RUNS = 16;

	private final ReentrantLock lock = new ReentrantLock();

	private final @Nullable PurchaseLease lease;

	private final String request;

	private final Purchase.@Nullable Owed owed;

	private final RepeatableBody body;

	private Money money = Money.STAYED;

	private BigInteger amount = BigInteger.ZERO;

	private boolean repeatable;

	private boolean handled;

	private boolean leaving;

	private boolean closed;

	private IdempotentPurchase(@Nullable PurchaseLease lease, String request, RepeatableBody body,
			Purchase.@Nullable Owed owed) {
		this.lease = lease;
		this.request = request;
		this.owed = owed;
		this.body = body;
		if (owed != null) {
			body.continueFrom(owed.body());
		}
	}

	/**
	 * Begin under an identifier that was claimed, perhaps for an answer that was paid for
	 * before and never left.
	 */
	static IdempotentPurchase claimed(PurchaseClaim.Won claim, String request, RepeatableBody body) {
		return new IdempotentPurchase(claim.lease(), request, body, claim.owed());
	}

	/**
	 * Begin without an identifier.
	 * @return a purchase that leaves no trace
	 */
	public static IdempotentPurchase untracked() {
		return new IdempotentPurchase(null, "", RepeatableBody.NONE, null);
	}

	/**
	 * Tell whether somebody may ask for the same answer again.
	 * @return whether it has an identifier
	 */
	public boolean isTracked() {
		return this.lease != null;
	}

	/**
	 * Return what an earlier settlement under this identifier was asked for, which pays
	 * for this answer too.
	 * @return base units, or {@code null} if there was none
	 */
	public @Nullable BigInteger owedAmount() {
		return (this.owed != null) ? this.owed.amount() : null;
	}

	/**
	 * Tell whether the earlier settlement was for a request with another body.
	 * @return whether it was, by what the handler has read so far
	 */
	public boolean isForAnotherBody() {
		return !this.body.continuesEarlier();
	}

	/** The handler runs. */
	public void handling() {
		this.lock.lock();
		try {
			this.handled = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The money may move from now on, unless the identifier has become another's: a
	 * server that dies from here on leaves behind that it may have.
	 * @param amount what is asked for, base units
	 * @param repeatable whether settling once more would charge nothing
	 * @return {@code false} if it must not, because the identifier is not this request's
	 * any more, or nobody knows
	 */
	public boolean settling(BigInteger amount, boolean repeatable) {
		this.lock.lock();
		try {
			this.money = Money.MAY_HAVE_MOVED;
			this.amount = amount;
			this.repeatable = repeatable;
			if (!note(spentOrOwed())) {
				this.money = Money.STAYED;
				return false;
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * As much is held for the answer, and will move at most, for what has left of it. The
	 * store is told nothing yet: nothing is owed of what a server that dies before the
	 * first byte leaves behind, whose hold lapses.
	 * @param amount what is held, base units
	 */
	public void held(BigInteger amount) {
		this.lock.lock();
		try {
			this.money = Money.HELD;
			this.amount = amount;
			this.repeatable = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What is held turns out to be as much.
	 * @param amount what is asked for, base units
	 */
	public void charging(BigInteger amount) {
		this.lock.lock();
		try {
			this.money = Money.MAY_HAVE_MOVED;
			this.amount = amount;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The money stays, whatever has left of an answer: nothing was charged for it. */
	public void waived() {
		this.lock.lock();
		try {
			this.money = Money.STAYED;
			this.leaving = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * It is known what became of the money.
	 * @param outcome what
	 */
	public void settled(SettlementOutcome outcome) {
		this.lock.lock();
		try {
			this.money = outcome.fold((settled) -> Money.MOVED, (refused) -> Money.STAYED, (notMade) -> Money.STAYED,
					(unknown) -> this.money, (notProven) -> Money.SPENT_BEFORE, (spent) -> Money.SPENT_BEFORE);
			if (this.closed) {
				putDown();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * An answer leaves: if the money moved, or may have, it is what was bought, whatever
	 * its status.
	 * @return whether it is worth keeping for those who ask again
	 */
	public boolean leaves() {
		this.lock.lock();
		try {
			this.leaving = switch (this.money) {
				case HELD, MAY_HAVE_MOVED, MOVED -> true;
				case STAYED, SPENT_BEFORE -> false;
			};
			return this.leaving && isTracked();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The answer leaves before all of it is known: if this server dies meanwhile, the
	 * identifier is spent. Does nothing after {@link #answered}, or where nothing was
	 * paid.
	 * @return {@code false} if it must not leave: who asks again may get another answer
	 * for the same money
	 */
	public boolean leavesInPart() {
		this.lock.lock();
		try {
			if (this.closed || !this.leaving || note(new Purchase.Spent(this.request))) {
				return true;
			}
			if (this.repeatable) {
				logger.warn("An answer was kept back that was paid for, because the store of answers was not told");
				this.leaving = false;
				return false;
			}
			logger.warn("A part of an answer leaves that was paid for, and the store of answers was not told");
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The answer is complete. If it cannot be kept, the identifier is spent.
	 * @param response the answer
	 * @return {@code false} if it must not leave, where it has not: who asks again may
	 * get another answer for the same money
	 */
	public boolean answered(StoredResponse response) {
		this.lock.lock();
		try {
			if (this.closed || !this.leaving) {
				return true;
			}
			Told told = put(new Purchase.Answered(this.request, this.body.read(), response, this.amount));
			this.closed = told != Told.FAILED;
			return told == Told.TOLD || told == Told.FAILED || !this.repeatable;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The request is over. Does nothing after {@link #answered} or a first time. */
	public void close() {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.closed = true;
				putDown();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void putDown() {
		put(end());
	}

	/** Whatever goes wrong, nothing is done in the identifier's name. */
	private boolean note(Purchase otherwise) {
		PurchaseLease lease = this.lease;
		if (lease == null) {
			return true;
		}
		try {
			return lease.note(otherwise);
		}
		catch (AnswersUnavailableException ex) {
			return false;
		}
		catch (RuntimeException ex) {
			logger.error("The store of answers failed", ex);
			return false;
		}
	}

	/**
	 * Tell the store how it ended.
	 * @param purchase what is known from now on; {@code null} if nothing was paid
	 */
	private Told put(@Nullable Purchase purchase) {
		PurchaseLease lease = this.lease;
		if (lease == null) {
			return Told.TOLD;
		}
		try {
			if (purchase == null) {
				lease.release();
			}
			else if (!lease.conclude(purchase)) {
				logger.warn("A payment identifier became another request's while this one was handled");
				return Told.LOST;
			}
			return Told.TOLD;
		}
		catch (AnswersUnavailableException ex) {
			if (purchase != null) {
				logger.warn("The store of answers was not told how a purchase ended");
			}
			return Told.LATER;
		}
		catch (RuntimeException | Error ex) {
			logger.error("The store of answers failed. A client that asks again may not get what it has paid for; it "
					+ "is not charged again", ex);
			return Told.FAILED;
		}
	}

	private @Nullable Purchase end() {
		return switch (this.money) {
			case STAYED -> (this.owed != null) ? owe() : null;
			case HELD -> this.leaving ? new Purchase.Spent(this.request) : null;
			case MAY_HAVE_MOVED, MOVED -> spentOrOwed();
			case SPENT_BEFORE -> new Purchase.Spent(this.request);
		};
	}

	private Purchase spentOrOwed() {
		return (this.repeatable && !this.leaving) ? owe() : new Purchase.Spent(this.request);
	}

	private Purchase owe() {
		Purchase.Owed before = this.owed;
		if (before == null) {
			return new Purchase.Owed(this.request, this.body.read(), this.amount, 1);
		}
		if (!this.handled) {
			return before;
		}
		return (before.runs() < MAX_RUNS)
				? new Purchase.Owed(this.request, before.body(), before.amount(), before.runs() + 1)
				: new Purchase.Spent(this.request);
	}

	/** The fate of what a store was to be told. */
	private enum Told {

		/** It knows. */
		TOLD,

		/** It may know later, if this server lives. */
		LATER,

		/** It knows of another request instead. */
		LOST,

		/** It has thrown what it should not. */
		FAILED

	}

	/** The state of the money, as far as is known. */
	private enum Money {

		/** With the payer. */
		STAYED,

		/** With the payer, who has no use of it. */
		HELD,

		/** On its way, or nobody knows. */
		MAY_HAVE_MOVED,

		/** With the recipient. */
		MOVED,

		/** With the recipient, for another answer, or that is all that is proven. */
		SPENT_BEFORE

	}

}
