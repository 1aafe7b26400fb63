package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Duration;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.VerifiedHolds;
import org.jspecify.annotations.Nullable;

/**
 * Amounts that verified payments keep from others for a moment, so that what was verified
 * under an identifier can be paid when its turn to settle comes. A hold is a courtesy:
 * what a session may spend is guarded by its sums alone. Whoever knows a session can
 * verify without ever paying, so a hold begins once for an identifier, and where one runs
 * out unpaid its session gets no new ones for a while: nobody is kept out for longer than
 * that. Where nothing is held nothing is asked. Thread-safe.
 *
 * @param duration how long an amount is held; zero for not at all
 * @param holds keeps what is held
 */
record VerifiedAmounts(Duration duration, VerifiedHolds holds) {

	/** How many times its duration a hold that ran out keeps its session from others. */
	private static final int PENALTY = 10;

	/**
	 * Hold an amount, or go on holding it for as long as it was.
	 * @return whether the session had that much left besides what others hold
	 */
	boolean place(Session session, String paymentId, BigInteger amount) {
		return this.duration.isZero() || this.holds.place(session.key(), paymentId, amount, this.duration,
				this.duration.multipliedBy(PENALTY));
	}

	/** Return what all others hold of a session, base units. */
	BigInteger heldByOthers(Session session, @Nullable String paymentId) {
		return this.duration.isZero() ? BigInteger.ZERO : this.holds.heldByOthers(session.key(), paymentId);
	}

	/** Give a hold up: the books have taken over, or nothing came of it. */
	void release(Session session, String paymentId) {
		if (!this.duration.isZero()) {
			this.holds.release(session.key(), paymentId);
		}
	}

}
