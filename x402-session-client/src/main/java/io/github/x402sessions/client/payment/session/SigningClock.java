package io.github.x402sessions.client.payment.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.x402sessions.client.payment.PaymentOffer;

/**
 * Clock by which payments are dated: this machine's, put right by a server's once one has
 * refused a payment because of its time. A server that lies about the time gains payments
 * that are valid a little longer, or not at all until it is asked again. Thread-safe.
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
	Instant now(PaymentOffer offer) {
		Instant now = this.clock.instant();
		Instant served = offer.servedAt();
		if (served != null && EXPIRED.equals(offer.challenge().error())) {
			Duration wrong = Duration.between(now, served);
			this.offset = (wrong.abs().compareTo(MOST) <= 0) ? wrong : Duration.ZERO;
		}
		return now.plus(this.offset);
	}

}
