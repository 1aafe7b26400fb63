package io.github.x402sessions.client.payment.session;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.client.payment.Budget;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PaidCallResponse;
import io.github.x402sessions.client.payment.PayerSource;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventPublisher;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.client.payment.SentPayment;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Holds a session's id and makes payments of it, within its {@link SpendingRules} and the
 * {@link Budget} only. Stops for good when a receipt shows more than was agreed. The
 * session can be followed by another one while calls are under way. Thread-safe.
 */
public final class SessionPayer implements PayerSource {

	private final AtomicReference<SessionGrant> grant;

	private final Budget budget;

	private final PaymentEventPublisher events;

	private final SessionWarnings warnings;

	private final SessionAffinity first = new SessionAffinity();

	private volatile boolean stopped;

	/**
	 * Create a payer.
	 * @param grant the session
	 * @param options how to pay
	 */
	public SessionPayer(SessionGrant grant, PaymentOptions options) {
		this.grant = new AtomicReference<>(grant);
		this.budget = options.budget();
		this.events = new PaymentEventPublisher(options.listener());
		this.warnings = new SessionWarnings(this.events, options.clock());
	}

	/**
	 * Pay with another session from now on.
	 * @param next the session that follows
	 */
	public void use(SessionGrant next) {
		this.grant.set(next);
		this.warnings.reset();
	}

	@Override
	public Optional<SessionPayer> payerFor(URI url, PaymentRequired challenge) {
		return Optional.of(this);
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.grant.get().rules().allow(url);
	}

	/**
	 * Pay nothing more.
	 */
	public void stop() {
		this.stopped = true;
	}

	/**
	 * Make a payment, or tell why not. A call that its caller names may have been paid
	 * before, by a session that another has replaced since: only with that one is it the
	 * same payment.
	 * @param named whether the identifier is one that the caller may use again
	 */
	public Optional<SentPayment> pay(URI url, PaymentRequired challenge, PaymentIdentifier identifier, boolean named) {
		SessionGrant session = named ? this.first.of(identifier, this.grant.get()) : this.grant.get();
		SpendingVerdict verdict = session.rules().judge(url, challenge);
		if (verdict instanceof SpendingVerdict.Denied denied) {
			return decline(url, denied.reason(), denied.asked());
		}
		PaymentRequirements accepted = ((SpendingVerdict.Allowed) verdict).accepted();
		if (this.stopped) {
			return decline(url, DeclineReason.STOPPED, accepted);
		}
		Optional<String> header = SentPayment.header(session, challenge, accepted, identifier);
		if (header.isEmpty()) {
			return decline(url, DeclineReason.TOO_LONG, accepted);
		}
		Optional<Budget.Share> share = this.budget.take(accepted.baseUnits());
		if (share.isEmpty()) {
			return decline(url, DeclineReason.BUDGET, accepted);
		}
		this.warnings.checkTime(session);
		return Optional
			.of(new SentPayment(header.get(), challenge, accepted, session.rules().asset(), identifier, share.get()));
	}

	private Optional<SentPayment> decline(URI url, DeclineReason reason, @Nullable PaymentRequirements asked) {
		this.events.publish(new PaymentEvent.Declined(url, reason, asked));
		return Optional.empty();
	}

	/** A payment was answered with a receipt that says it was settled. */
	public void settled(URI url, SentPayment payment, PaymentReceipt receipt) {
		if (receipt.amount() != null && receipt.amount().compareTo(payment.amount()) > 0) {
			this.stopped = true;
			this.events.publish(new PaymentEvent.Overcharged(url, payment.asset(), payment.amount(), receipt));
			return;
		}
		this.events.publish(new PaymentEvent.Paid(url, payment.asset(), receipt));
		if (receipt.remaining() != null) {
			this.warnings.checkFunds(this.grant.get(), receipt.remaining());
		}
	}

	/**
	 * Nobody knows whether a payment was settled: the same call stays with its session.
	 */
	public void unknown(URI url, SentPayment payment, String why) {
		this.first.doubt(payment.identifier());
		this.events.publish(new PaymentEvent.Unknown(url, payment.asset(), payment.amount(), why));
	}

	/** A payment was refused: the same call may be paid by another session. */
	public void refused(URI url, SentPayment payment, PaidCallResponse answer) {
		if (answer.isProofOfNoSettlement()) {
			this.first.forget(payment.identifier());
		}
		this.events.publish(new PaymentEvent.Refused(url, answer.status(), answer.reason()));
	}

	@Override
	public String toString() {
		return "SessionPayer[" + this.grant.get() + "]";
	}

}
