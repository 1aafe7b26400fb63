package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.drain.DrainingException;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimitException;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/**
 * Settles payments: reserve, send off alone or with others, wait. What was reserved is
 * freed only where nothing was written down as sent, or where the chain proves that the
 * transaction moved nothing and never will. Thread-safe.
 */
public final class SettlementEngine {

	private final SettlementBooks books;

	private final IdempotentReplay replay;

	private final SettlementCoalescer coalescer;

	private final OutcomeResolver outcomes;

	private final Drain drain;

	private final Duration deadline;

	/**
	 * Create an engine.
	 * @param books where settlements are written
	 * @param replay knows payments by their identifiers
	 * @param coalescer sends settlements off
	 * @param outcomes says what an end means for the caller
	 * @param drain knows whether new payments are taken
	 * @param deadline how long a caller waits for the outcome
	 */
	public SettlementEngine(SettlementBooks books, IdempotentReplay replay, SettlementCoalescer coalescer,
			OutcomeResolver outcomes, Drain drain, Duration deadline) {
		this.books = books;
		this.replay = replay;
		this.coalescer = coalescer;
		this.outcomes = outcomes;
		this.drain = drain;
		this.deadline = deadline;
	}

	/**
	 * Start the time that a caller waits.
	 * @return that time
	 */
	public SettleDeadline deadline() {
		return new SettleDeadline(this.deadline);
	}

	/**
	 * Tell whether a payment was made before.
	 * @param account the account that pays
	 * @param key what makes another request the same payment
	 * @return whether it was, and may be told again
	 */
	public KeyStatus use(FundingSource account, PaymentKey key) {
		return this.replay.use(account, key);
	}

	/**
	 * Answer a repeated payment with what became of it.
	 * @param account the account that pays
	 * @param key what makes another request the same payment
	 * @param deadline how long the caller waits for one that is open
	 * @return what became of it, {@code Unconcluded} where that is still to be said, or
	 * {@code null} if it has to be settled
	 * @throws DrainingException if it would have to be, and nothing new is taken
	 */
	public @Nullable SettlementResult repeated(FundingSource account, PaymentKey key, SettleDeadline deadline) {
		return orNew(this.replay.await(account, key, deadline));
	}

	/**
	 * Answer a call that is to hold a payment where the payment is known.
	 * @param account the account that pays
	 * @param key what makes another request the same payment
	 * @param deadline how long the caller waits
	 * @return the hold that it repeats, or why there is none; {@code null} if the payment
	 * is not known
	 * @throws DrainingException if it is not known, and nothing new is taken
	 */
	public @Nullable SettlementResult held(FundingSource account, PaymentKey key, SettleDeadline deadline) {
		return orNew(this.replay.held(account, key, deadline));
	}

	private @Nullable SettlementResult orNew(@Nullable SettlementResult repeated) {
		if (repeated == null) {
			this.drain.requireTaking();
		}
		return repeated;
	}

	/**
	 * Find the payment that a call repeats.
	 * @param account the account that pays
	 * @param key what makes another request the same payment
	 * @return the payment as it is; nobody counts as told of it
	 */
	public Optional<KnownPayment> find(FundingSource account, PaymentKey key) {
		return this.replay.find(account, key);
	}

	/**
	 * Tell what a conflict is about: a payment that is not known by its id, but of whose
	 * alias another one is.
	 * @param account the account that pays
	 * @param key what makes another request the same payment
	 * @return whether it is that; otherwise another payment has the id, or none has
	 * either
	 */
	public boolean isAliasTaken(FundingSource account, PaymentKey key) {
		return this.replay.isAliasTaken(account, key);
	}

	/**
	 * Settle a payment. Where the first try moved nothing for a reason that may have
	 * passed, and more than half of the time is left, there is a second one.
	 * @param order what is paid, and from which account
	 * @param key what makes another request the same payment
	 * @param deadline how long the caller waits
	 * @return what it came to
	 * @throws RecipientLimitException if its recipient may be paid no more now
	 */
	public SettlementResult settle(TransferOrder order, PaymentKey key, SettleDeadline deadline) {
		SettlementResult result = attempt(order, key, false, deadline);
		return (result != null) ? result : again(secondAttempt(order, key, deadline));
	}

	private @Nullable SettlementResult secondAttempt(TransferOrder order, PaymentKey key, SettleDeadline deadline) {
		try {
			return attempt(order, key, true, deadline);
		}
		catch (RecipientLimitException ex) {
			throw RecipientLimitException.afterATry();
		}
	}

	/** Of two tries, the first may have failed in a ledger. */
	private static SettlementResult again(@Nullable SettlementResult second) {
		if (second == null) {
			return new SettlementResult.NotSent("the network took none of two transactions", true);
		}
		return (second instanceof SettlementResult.NotSent notSent)
				? new SettlementResult.NotSent(notSent.reason(), true) : second;
	}

	/** Return {@code null} if it is worth another try. */
	private @Nullable SettlementResult attempt(TransferOrder order, PaymentKey key, boolean alone,
			SettleDeadline deadline) {
		return this.books.reserve(order, key, deadline)
			.<@Nullable SettlementResult>fold(
					(made) -> settle(order.account(), made.settlement(), key, alone, deadline),
					(refused) -> new SettlementResult.CapExceeded(),
					(repeated) -> this.replay.await(order.account(), key, deadline));
	}

	private @Nullable SettlementResult settle(FundingSource account, Settlement settlement, PaymentKey key,
			boolean alone, SettleDeadline deadline) {
		try {
			SettlementResult result = result(account, settlement, alone, deadline);
			return (result != null) ? this.replay.first(settlement, key, result, deadline) : null;
		}
		catch (RuntimeException ex) {
			this.replay.left(settlement, key);
			throw ex;
		}
	}

	private @Nullable SettlementResult result(FundingSource account, Settlement settlement, boolean alone,
			SettleDeadline deadline) {
		return this.coalescer.dispatch(settlement, account.method(), alone, deadline)
			.<@Nullable SettlementResult>fold((sent) -> sent(account, settlement, sent, deadline),
					(refused) -> refused.alone()
							? this.outcomes.refused(account, settlement.transfer(), refused.failure(), 0) : null,
					(notSent) -> new SettlementResult.NotSent(notSent.reason()),
					(unknown) -> new SettlementResult.Pending(""));
	}

	private @Nullable SettlementResult sent(FundingSource account, Settlement settlement, DispatchResult.Sent sent,
			SettleDeadline deadline) {
		TrackingResult trackingResult = await(sent.trackingResult(), deadline);
		return (trackingResult instanceof TrackingResult.Decided decided) ? this.outcomes.result(account,
				settlement.transfer(), sent.hash(), decided.outcome(), deadline.isForAnotherTry())
				: new SettlementResult.Pending(sent.hash());
	}

	private static TrackingResult await(CompletableFuture<TrackingResult> following, SettleDeadline deadline) {
		try {
			return following.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new TrackingResult.Open();
		}
		catch (ExecutionException | TimeoutException ex) {
			return new TrackingResult.Open();
		}
	}

}
