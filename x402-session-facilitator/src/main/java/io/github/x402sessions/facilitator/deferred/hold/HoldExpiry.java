package io.github.x402sessions.facilitator.deferred.hold;

import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Expiry of held payments that nobody has settled or released in time, looked for by
 * every node: the server that delivered for them is gone, and has lost them. Thread-safe.
 */
public final class HoldExpiry implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(HoldExpiry.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final HeldPayments payments;

	private final HoldObserver observer;

	private final PeriodicTask rounds = PeriodicTask.every("x402-holds", INTERVAL, this::round);

	/**
	 * Create it.
	 * @param payments the payments
	 * @param observer hears of those that it lets go
	 */
	HoldExpiry(HeldPayments payments, HoldObserver observer) {
		this.payments = payments;
		this.observer = observer;
	}

	/** Begin with what the process before has left. */
	public void start() {
		this.rounds.start(Duration.ZERO);
	}

	/**
	 * Let go what there is. One that cannot be given back keeps no others from their
	 * turn.
	 */
	void round() {
		try {
			List<HeldPayment> lapsed = this.payments.lapsed();
			while (lapsed.stream().filter(this::expire).count() > 0 && lapsed.size() == HoldRepository.LAPSED_AT_ONCE) {
				lapsed = this.payments.lapsed();
			}
		}
		catch (DataAccessException ex) {
			LOG.log("look",
					(skipped) -> logger.error(
							"What was held for too long is not known now ({} more since the last time): {}", skipped,
							ex.getMessage()));
		}
	}

	/** Return whether it was this node that gave it back. */
	private boolean expire(HeldPayment payment) {
		boolean expired = false;
		try {
			expired = this.payments.expire(payment);
			if (expired) {
				lapsed(payment);
			}
		}
		catch (DataAccessException ex) {
			LOG.log("expire",
					(skipped) -> logger.error(
							"What was held for too long cannot be given back now ({} more since the last time): {}",
							skipped, ex.getMessage()));
		}
		return expired;
	}

	private void lapsed(HeldPayment payment) {
		logger.warn(
				"{} base units that were held of {} for {} are free again: nobody has settled or released them in time. "
						+ "What was delivered for them is not paid",
				payment.amount(), payment.parties().from(), payment.parties().to());
		this.observer.lapsed(payment);
	}

	/** What is held is any node's. */
	@Override
	public void close() {
		this.rounds.close();
	}

}
