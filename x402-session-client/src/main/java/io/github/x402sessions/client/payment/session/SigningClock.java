package io.github.x402sessions.client.payment.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.x402sessions.client.payment.PaymentOffer;
import org.jspecify.annotations.Nullable;

/**
 * Clock by which payments are dated: this machine's, put right by a server's for the one
 * payment that follows a refusal because of its time, and for others only once that was
 * paid. So a server whose clock is wrong, or that lies, moves no payment but its own.
 * Thread-safe.
 */
final class SigningClock {

	static final String EXPIRED = "payment_expired";

	/** What a clock may be wrong by: as long as a facilitator settles what was valid. */
	private static final Duration MOST = Duration.ofMinutes(15);

	private final Clock clock;

	private volatile Duration offset = Duration.ZERO;

	SigningClock(Clock clock) {
		this.clock = clock;
	}

	/** The time at which an offer is answered. */
	Reading read(PaymentOffer offer) {
		Instant now = this.clock.instant();
		Instant served = offer.servedAt();
		if (served == null || !EXPIRED.equals(offer.challenge().error())) {
			return new Reading(now.plus(this.offset), null);
		}
		Duration wrong = Duration.between(now, served);
		Duration correction = (wrong.abs().compareTo(MOST) <= 0) ? wrong : Duration.ZERO;
		return new Reading(now.plus(correction), correction);
	}

	/** Take in that a payment of that time was paid. */
	void confirm(Reading reading) {
		Duration correction = reading.correction();
		if (correction != null) {
			this.offset = correction;
		}
	}

	/**
	 * Time that the clock shows.
	 *
	 * @param now the time
	 * @param correction by how much a server has just put it right; {@code null} if none
	 * has
	 */
	record Reading(Instant now, @Nullable Duration correction) {
	}

}
