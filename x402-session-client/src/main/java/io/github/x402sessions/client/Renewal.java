package io.github.x402sessions.client;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.client.opening.UnregisteredApprovalException;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventListener;
import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Opens the session that follows another one as soon as little money or time is left, in
 * a thread of its own while the old one goes on paying, and never beyond a total: what
 * the old one may still spend is set aside. After a failure a later call tries again; an
 * approval that was sent is tried to be registered a few times before another one is
 * made.
 */
final class Renewal implements PaymentEventListener {

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private static final int MAX_TRIES = 3;

	private final Target session;

	private final BigInteger cap;

	private final BigInteger total;

	private final PaymentEventListener listener;

	private final Clock clock;

	private final AtomicBoolean running = new AtomicBoolean();

	private int tries;

	private @Nullable UnregisteredApprovalException unfinished;

	private volatile boolean wanted;

	private volatile Instant notBefore = Instant.MIN;

	Renewal(Target session, BigInteger cap, BigInteger total, PaymentEventListener listener, Clock clock) {
		this.session = session;
		this.cap = cap;
		this.total = total;
		this.listener = listener;
		this.clock = clock;
	}

	@Override
	public void on(PaymentEvent event) {
		if (event instanceof PaymentEvent.LowFunds || event instanceof PaymentEvent.ExpiresSoon) {
			this.wanted = true;
		}
		if (this.wanted && !this.clock.instant().isBefore(this.notBefore) && this.running.compareAndSet(false, true)) {
			Thread thread = new Thread(this::renew, "x402-session-renewal");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void renew() {
		try {
			BigInteger cap = affordable();
			if (cap.signum() > 0) {
				follow(cap);
				this.wanted = false;
				this.listener.on(this.session.renewed());
			}
		}
		catch (X402Exception ex) {
			remember((ex instanceof UnregisteredApprovalException pending) ? pending : null);
			this.notBefore = this.clock.instant().plus(PAUSE);
			this.listener.on(new PaymentEvent.NotRenewed(String.valueOf(ex.getMessage())));
		}
		finally {
			this.running.set(false);
		}
	}

	/**
	 * Return the cap of the next session: what the total leaves when this one has spent
	 * all that it may, because it goes on paying meanwhile.
	 */
	private BigInteger affordable() {
		SessionState state = this.session.state();
		BigInteger taken = state.cap().subtract(state.remaining()).add(this.session.spentBefore());
		BigInteger reserved = state.isActive() ? state.remaining() : BigInteger.ZERO;
		BigInteger left = this.total.subtract(taken).subtract(reserved);
		if (left.signum() < 1) {
			this.notBefore = this.clock.instant().plus(PAUSE);
			if (reserved.signum() < 1) {
				this.wanted = false;
				this.listener.on(new PaymentEvent.NotRenewed("all that may be spent in all is spent"));
			}
		}
		return left.min(this.cap);
	}

	private void follow(BigInteger cap) {
		UnregisteredApprovalException pending = this.unfinished;
		if (pending != null) {
			this.session.resume(pending);
			this.unfinished = null;
		}
		else {
			this.session.follow(cap);
		}
	}

	/** An approval that cannot be registered after some tries is given up for another. */
	private void remember(@Nullable UnregisteredApprovalException pending) {
		this.tries = (pending != null && this.unfinished != null) ? this.tries + 1 : 0;
		this.unfinished = (this.tries < MAX_TRIES) ? pending : null;
	}

	/** The session that another one is to follow. */
	interface Target {

		/** Its state now. */
		SessionState state();

		/** What the sessions that it has replaced have spent, base units. */
		BigInteger spentBefore();

		/** Put a session with another cap in its place. */
		void follow(BigInteger cap);

		/** Go on where that stopped. */
		void resume(UnregisteredApprovalException failure);

		/** What is told when that worked. */
		PaymentEvent.Renewed renewed();

	}

}
