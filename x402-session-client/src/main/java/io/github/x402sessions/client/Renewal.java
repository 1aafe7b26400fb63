package io.github.x402sessions.client;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentListener;
import io.github.x402sessions.core.X402Exception;
import org.jspecify.annotations.Nullable;

/**
 * Opens the session that follows another one as soon as little money or time is left, in
 * a thread of its own while the old one goes on paying, and never beyond a total. After a
 * failure a later call tries again: an approve that was sent is registered before another
 * one is made.
 */
final class Renewal implements PaymentListener {

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final Session session;

	private final BigInteger total;

	private final PaymentListener listener;

	private final Clock clock;

	private final AtomicBoolean running = new AtomicBoolean();

	private BigInteger spentBefore = BigInteger.ZERO;

	private @Nullable UnregisteredApprovalException unfinished;

	private volatile boolean wanted;

	private volatile Instant notBefore = Instant.MIN;

	Renewal(Session session, BigInteger total, PaymentListener listener, Clock clock) {
		this.session = session;
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
			BigInteger spent = this.session.state().spent();
			BigInteger left = this.total.subtract(this.spentBefore).subtract(spent);
			BigInteger cap = left.min(this.session.plan().cap());
			if (cap.signum() < 1) {
				this.wanted = false;
				this.listener.on(new PaymentEvent.NotRenewed("all that may be spent in all is spent"));
				return;
			}
			follow(cap);
			this.wanted = false;
			this.spentBefore = this.spentBefore.add(spent);
			this.listener.on(new PaymentEvent.Renewed(this.session.cap(), this.session.expirationLedger()));
		}
		catch (X402Exception ex) {
			this.unfinished = (ex instanceof UnregisteredApprovalException pending) ? pending : null;
			this.notBefore = this.clock.instant().plus(PAUSE);
			this.listener.on(new PaymentEvent.NotRenewed(String.valueOf(ex.getMessage())));
		}
		finally {
			this.running.set(false);
		}
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

}
