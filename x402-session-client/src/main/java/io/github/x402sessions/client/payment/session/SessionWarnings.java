package io.github.x402sessions.client.payment.session;

import java.math.BigInteger;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventPublisher;
import io.github.x402sessions.client.payment.PaymentReceipt;
import org.jspecify.annotations.Nullable;

/**
 * Warns once per session that little is left and once that it ends. Where little was left
 * because an amount was set aside, it may warn again once it is known what that came to.
 */
final class SessionWarnings {

	private final PaymentEventPublisher events;

	private final Clock clock;

	private final AtomicBoolean funds = new AtomicBoolean();

	private final AtomicBoolean time = new AtomicBoolean();

	/** For which something was set aside when it warned of the funds. */
	private final AtomicReference<@Nullable String> hold = new AtomicReference<>();

	SessionWarnings(PaymentEventPublisher events, Clock clock) {
		this.events = events;
		this.clock = clock;
	}

	void checkFunds(SessionGrant session, BigInteger remaining, PaymentReceipt receipt) {
		if (remaining.compareTo(session.lowFunds()) < 0 && this.funds.compareAndSet(false, true)) {
			this.hold.set(receipt.isHeld() ? receipt.transaction() : null);
			this.events.publish(new PaymentEvent.LowFunds(session.rules().asset(), remaining));
		}
	}

	void checkTime(SessionGrant session) {
		if (this.clock.instant().isAfter(session.warnAt()) && this.time.compareAndSet(false, true)) {
			this.events.publish(new PaymentEvent.ExpiresSoon(session.expiresAt()));
		}
	}

	/** It is known what a commitment comes to. */
	void known(String commitment) {
		String warnedOf = this.hold.getAndUpdate((held) -> commitment.equals(held) ? null : held);
		if (commitment.equals(warnedOf)) {
			this.funds.set(false);
		}
	}

	/** Another session has warnings of its own. */
	void reset() {
		this.funds.set(false);
		this.time.set(false);
	}

}
