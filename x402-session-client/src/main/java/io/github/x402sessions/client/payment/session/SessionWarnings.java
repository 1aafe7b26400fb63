package io.github.x402sessions.client.payment.session;

import java.math.BigInteger;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventPublisher;

/**
 * Warns once per session that little is left and once that it ends.
 */
final class SessionWarnings {

	private final PaymentEventPublisher events;

	private final Clock clock;

	private final AtomicBoolean funds = new AtomicBoolean();

	private final AtomicBoolean time = new AtomicBoolean();

	SessionWarnings(PaymentEventPublisher events, Clock clock) {
		this.events = events;
		this.clock = clock;
	}

	void checkFunds(SessionGrant session, BigInteger remaining) {
		if (remaining.compareTo(session.lowFunds()) < 0 && this.funds.compareAndSet(false, true)) {
			this.events.publish(new PaymentEvent.LowFunds(session.rules().asset(), remaining));
		}
	}

	void checkTime(SessionGrant session) {
		if (this.clock.instant().isAfter(session.warnAt()) && this.time.compareAndSet(false, true)) {
			this.events.publish(new PaymentEvent.ExpiresSoon(session.expiresAt()));
		}
	}

	/** Another session has warnings of its own. */
	void reset() {
		this.funds.set(false);
		this.time.set(false);
	}

}
