package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Settles payments: reserve, send off alone or with others, wait. What was reserved is
 * freed only where nothing was written down as sent, or where the chain proves that the
 * transaction moved nothing and never will. Thread-safe.
 */
public final class SettlementEngine {

	private final Books books;

	private final Repetitions repetitions;

	private final Gathering gathering;

	private final Endings endings;

	private final Duration patience;

	/**
	 * Create an engine.
	 * @param books where settlements are written
	 * @param repetitions knows payments by their identifiers
	 * @param gathering sends settlements off
	 * @param endings says what an end means for the caller
	 * @param patience how long a caller waits for the outcome
	 */
	public SettlementEngine(Books books, Repetitions repetitions, Gathering gathering, Endings endings,
			Duration patience) {
		this.books = books;
		this.repetitions = repetitions;
		this.gathering = gathering;
		this.endings = endings;
		this.patience = patience;
	}

	/**
	 * Start the time that a caller waits.
	 * @return that time
	 */
	public Patience patience() {
		return new Patience(this.patience);
	}

	/**
	 * Tell whether a payment was made before.
	 * @param session the session that pays
	 * @param key what makes another request the same payment
	 * @return whether it was, and may be told again
	 */
	public KeyUse use(Session session, PaymentKey key) {
		return this.repetitions.use(session, key);
	}

	/**
	 * Answer a repeated payment with what became of it.
	 * @param session the session that pays
	 * @param key what makes another request the same payment
	 * @param patience how long the caller waits for one that is open
	 * @return what became of it, or {@code null} if it has to be settled
	 */
	public @Nullable SettlementResult repeated(Session session, PaymentKey key, Patience patience) {
		return this.repetitions.await(session, key, patience);
	}

	/**
	 * Settle a payment. Where the first try moved nothing for a reason that may have
	 * passed, and more than half of the time is left, there is a second one.
	 * @param session the session that pays
	 * @param transfer what is paid
	 * @param key what makes another request the same payment
	 * @param patience how long the caller waits
	 * @return what it came to
	 */
	public SettlementResult settle(Session session, Transfer transfer, PaymentKey key, Patience patience) {
		SettlementResult result = attempt(session, transfer, key, false, patience);
		if (result == null) {
			result = attempt(session, transfer, key, true, patience);
		}
		return (result != null) ? result : new SettlementResult.NotSent("the network took none of two transactions");
	}

	/** Return {@code null} if it is worth another try. */
	private @Nullable SettlementResult attempt(Session session, Transfer transfer, PaymentKey key, boolean alone,
			Patience patience) {
		Reservation reservation = this.books.reserve(session, transfer, key, patience);
		if (reservation instanceof Reservation.Made made) {
			return settle(session, made.settlement(), key, alone, patience);
		}
		if (reservation instanceof Reservation.Repeated) {
			return this.repetitions.await(session, key, patience);
		}
		return new SettlementResult.CapExceeded();
	}

	private @Nullable SettlementResult settle(Session session, Settlement settlement, PaymentKey key, boolean alone,
			Patience patience) {
		try {
			SettlementResult result = result(session, settlement, alone, patience);
			return (result != null) ? this.repetitions.first(settlement, key, result, patience) : null;
		}
		catch (RuntimeException ex) {
			this.repetitions.left(settlement, key);
			throw ex;
		}
	}

	private @Nullable SettlementResult result(Session session, Settlement settlement, boolean alone,
			Patience patience) {
		Departure departure = this.gathering.depart(settlement, alone, patience);
		if (departure instanceof Departure.Sent sent) {
			Fate fate = await(sent.fate(), patience);
			return (fate instanceof Fate.Decided decided) ? this.endings.result(session, settlement.transfer(),
					sent.hash(), decided.outcome(), patience.isForAnotherTry())
					: new SettlementResult.Pending(sent.hash());
		}
		if (departure instanceof Departure.Refused refused) {
			return refused.alone() ? this.endings.refused(session, settlement.transfer(), refused.failure(), 0) : null;
		}
		if (departure instanceof Departure.NotSent notSent) {
			return new SettlementResult.NotSent(notSent.reason());
		}
		return new SettlementResult.Pending("");
	}

	private static Fate await(CompletableFuture<Fate> following, Patience patience) {
		try {
			return following.get(patience.left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Fate.Open();
		}
		catch (ExecutionException | TimeoutException ex) {
			return new Fate.Open();
		}
	}

}
