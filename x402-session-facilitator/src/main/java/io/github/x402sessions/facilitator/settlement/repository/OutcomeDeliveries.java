package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * The deliveries of outcomes to callers, in the books. That a payment has settled is
 * written down as told before it is, and that the answer has left once it has: what a
 * crash leaves in doubt is neither told again nor charged again, and what nobody was told
 * for certain waits for the one who asks again. A delivery can be taken back as long as
 * it is certain that its answer did not leave. Thread-safe.
 */
public final class OutcomeDeliveries {

	private static final Logger logger = LoggerFactory.getLogger(OutcomeDeliveries.class);

	/**
	 * How long an equal payment without an identifier is the repetition of one whose
	 * caller was left without an answer. As long as x402's own servers and facilitators
	 * remember a pending settlement.
	 */
	static final Duration REPEATED = Duration.ofMinutes(5);

	/**
	 * How long it still is after a repetition was told: those that are on their way, not
	 * the next call of the same account, which looks the same. About two ledgers.
	 */
	static final Duration ECHOED = Duration.ofSeconds(10);

	/**
	 * How far the clocks of two nodes are apart at most: what one says was left is that
	 * for the other.
	 */
	private static final Duration APART = Duration.ofSeconds(5);

	private static final Duration FOUND = REPEATED.plus(APART);

	/**
	 * How long the database may still write what it has not answered: longer than it lets
	 * any statement last.
	 */
	private static final Duration IN_DOUBT = Duration.ofMinutes(1);

	private final DeliveryRepository deliveries;

	private final Clock clock;

	/**
	 * What became of answers, where the database did not take it: it is written as soon
	 * as it does, and before anything is read again of the account, or an equal payment
	 * that comes now would be taken for another one, or for one that was told.
	 */
	private final Queue<Unwritten> unwritten = new ConcurrentLinkedQueue<>();

	/**
	 * Create the deliveries.
	 * @param deliveries where they are kept
	 * @param clock the time that is written to rows
	 */
	public OutcomeDeliveries(DeliveryRepository deliveries, Clock clock) {
		this.deliveries = deliveries;
		this.clock = clock;
	}

	/**
	 * Find the payment that a request repeats: of those under its identifier the one that
	 * moved money or still may, of those without one what its own caller no longer waits
	 * for and is not certain to have heard of.
	 * @param account the name of the account that pays
	 * @param key what makes the request the same payment
	 * @return the payment, or empty if the request is the first
	 */
	public Optional<KnownPayment> find(String account, PaymentKey key) {
		catchUp((late) -> late.account().equals(account));
		if (key.id() != null) {
			return this.deliveries.named(account, key.id());
		}
		long now = this.clock.millis();
		return this.deliveries.unnamed(account, key.terms(), now - FOUND.toMillis(), now);
	}

	/**
	 * Tell whether a request conflicts by its second name alone: no payment has its
	 * identifier, and another one has its alias.
	 * @param account the name of the account that pays
	 * @param key what makes the request the same payment
	 * @return whether that is so
	 */
	public boolean isAliasTaken(String account, PaymentKey key) {
		return key.alias() != null && key.id() != null && this.deliveries.named(account, key.id()).isEmpty()
				&& this.deliveries.isAliasTaken(account, key.alias(), key.id());
	}

	/**
	 * Write down that the caller who made a payment is told of it. An equal one without
	 * an identifier is another payment as long as that caller waits, and once the answer
	 * has arrived: in between, who comes may be the same caller.
	 * @param deadline how long the caller waits
	 * @return the delivery, or {@code null} if it may not be told: somebody was before
	 */
	public @Nullable OutcomeDelivery tell(Settlement settlement, PaymentKey key, SettleDeadline deadline) {
		return tell(settlement.account(), settlement.id(), key, null, deadline::isOver);
	}

	/**
	 * Write down that a caller who repeats a payment is told of it.
	 * @return the delivery, or {@code null} if it may not be told: somebody was before
	 */
	public @Nullable OutcomeDelivery tellRepeated(String account, KnownPayment known, PaymentKey key) {
		return tell(account, known.settlement(), key, left(), () -> true);
	}

	/** Where the database fails, it may have written down what nobody is told. */
	private @Nullable OutcomeDelivery tell(String account, String settlement, PaymentKey key,
			@Nullable Long waitedUntil, BooleanSupplier echoed) {
		String id = UUID.randomUUID().toString();
		try {
			boolean first = this.deliveries.tell(settlement, id, waitedUntil);
			return first ? new OutcomeDelivery(id, account, settlement, key.id() != null, echoed.getAsBoolean()) : null;
		}
		catch (DataAccessException ex) {
			takeBackInDoubt(new OutcomeDelivery(id, account, settlement, key.id() != null, true));
			throw ex;
		}
	}

	/**
	 * Write down that the answer has left: an equal payment without an identifier is
	 * another one from now on, or soon where others may be on their way that repeat it.
	 */
	public void arrived(OutcomeDelivery delivery) {
		if (!delivery.named()) {
			long forgotten = this.clock.millis() - FOUND.minus(ECHOED).toMillis();
			write(delivery.account(), () -> this.deliveries.arrived(delivery, forgotten));
		}
	}

	/** Write down that nobody waits for a payment any more, and nobody was told. */
	public void leave(String account, String settlement) {
		long left = left();
		write(account, () -> this.deliveries.leave(settlement, left));
	}

	/**
	 * Take back that somebody was told of a payment, where that was written down: the
	 * answer did not leave. What another caller is told stays.
	 */
	public void takeBack(OutcomeDelivery delivery) {
		long left = left();
		write(delivery.account(), () -> this.deliveries.takeBack(delivery, left));
	}

	/**
	 * Take back that somebody was told of a payment, where it is not known whether that
	 * is written down: the database may still do so.
	 */
	public void takeBackInDoubt(OutcomeDelivery delivery) {
		long left = left();
		long end = this.clock.millis() + IN_DOUBT.toMillis();
		write(new Unwritten(delivery.account(),
				() -> this.deliveries.takeBack(delivery, left) || this.clock.millis() > end));
	}

	private long left() {
		return this.clock.millis() - APART.toMillis();
	}

	private void write(String account, Runnable change) {
		write(new Unwritten(account, () -> {
			change.run();
			return true;
		}));
	}

	private void write(Unwritten change) {
		try {
			if (change.isWritten().getAsBoolean()) {
				return;
			}
		}
		catch (DataAccessException ex) {
			logger.error("It cannot be written down now whether the outcome of a payment arrived: {}", ex.getMessage());
		}
		this.unwritten.add(change);
	}

	/**
	 * Write down what the database did not take before.
	 * @throws DataAccessException if it still does not
	 */
	public void catchUp() {
		catchUp((late) -> true);
	}

	private void catchUp(Predicate<Unwritten> which) {
		for (Iterator<Unwritten> all = this.unwritten.iterator(); all.hasNext();) {
			Unwritten late = all.next();
			if (which.test(late) && late.isWritten().getAsBoolean()) {
				all.remove();
			}
		}
	}

	/**
	 * A change that the database did not take.
	 *
	 * @param account the name of the account that it is about
	 * @param isWritten writes it and tells whether nothing is left to write
	 */
	private record Unwritten(String account, BooleanSupplier isWritten) {
	}

}
