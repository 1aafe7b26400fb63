package io.github.x402sessions.client.payment.session;

import java.math.BigInteger;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.client.payment.CallAffinity;
import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.Payer;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.payment.PaymentEventPublisher;
import io.github.x402sessions.client.payment.PaymentOffer;
import io.github.x402sessions.client.payment.PaymentOptions;
import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import org.jspecify.annotations.Nullable;

/**
 * Pays by the session scheme: holds a session's id and answers with it, within its
 * {@link SpendingRules} only, and signed for the call where the session has a key. Stops
 * for good when a receipt shows more than was agreed. The session can be followed by
 * another one while calls are under way. Thread-safe.
 */
public final class SessionPayer implements Payer {

	private static final Set<String> MENDED_BY_ANOTHER_SIGNATURE = Set.of("resource_mismatch", SigningClock.EXPIRED);

	private final AtomicReference<SessionGrant> grant;

	private final SessionWarnings warnings;

	private final CallAffinity<SessionGrant> first = new CallAffinity<>();

	private final SigningClock clock;

	/** What the session may still spend by its last receipt, base units. */
	private volatile @Nullable BigInteger remaining;

	private volatile boolean stopped;

	/**
	 * Create a payer.
	 * @param grant the session
	 * @param options how to pay; the listener hears of the session's last money and time
	 */
	public SessionPayer(SessionGrant grant, PaymentOptions options) {
		this.grant = new AtomicReference<>(grant);
		this.warnings = new SessionWarnings(new PaymentEventPublisher(options.listener()), options.clock());
		this.clock = new SigningClock(options.clock());
	}

	/**
	 * Pay with another session from now on.
	 * @param next the session that follows
	 */
	public void use(SessionGrant next) {
		this.grant.set(next);
		this.remaining = null;
		this.warnings.reset();
	}

	/**
	 * Tell whether enough is left for a payment, by the last receipt.
	 * @param amount what would be paid, base units
	 * @return whether it is, as far as is known
	 */
	public boolean hasLeft(BigInteger amount) {
		BigInteger left = this.remaining;
		return !this.stopped && (left == null || left.compareTo(amount) >= 0);
	}

	/**
	 * Pay nothing more.
	 */
	public void stop() {
		this.stopped = true;
	}

	@Override
	public boolean mayPayAt(URI url) {
		return this.grant.get().rules().allow(url);
	}

	/**
	 * Answer with the session's id, or decline by its rules. A call that its caller names
	 * may have been paid before, by a session that another has replaced since: only with
	 * that one is it the same payment. What was stopped says so to every offer, and so
	 * leaves none to others.
	 */
	@Override
	public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
		if (this.stopped) {
			return new PayerDecision.Declines(DeclineReason.STOPPED, offer.challenge().accepts().get(0)).now();
		}
		SessionGrant session = offer.named() ? this.first.of(offer.identifier(), this.grant.get()) : this.grant.get();
		PayerDecision decision = session.rules()
			.judge(offer.url(), offer.challenge())
			.fold((allowed) -> pay(session, allowed.accepted(), offer),
					(denied) -> new PayerDecision.Declines(denied.reason(), denied.asked()));
		return decision.now();
	}

	private PayerDecision pay(SessionGrant session, PaymentRequirements accepted, PaymentOffer offer) {
		PaymentSigner signer = session.signer();
		if (signer != null) {
			return sign(signer, session, accepted, offer);
		}
		return new PayerDecision.Pays(accepted, session.rules().asset(),
				new SessionPayload(session.sessionId(), null).toPayload(),
				(outcome) -> hear(session, offer.identifier(), outcome));
	}

	/** Sign for the call, as soon as all limits have agreed. */
	private PayerDecision sign(PaymentSigner signer, SessionGrant session, PaymentRequirements accepted,
			PaymentOffer offer) {
		SigningClock.Reading time = this.clock.read(offer);
		PaymentStatement statement;
		try {
			statement = signer.statement(offer, accepted, time.now());
		}
		catch (IllegalArgumentException ex) {
			return new PayerDecision.Declines(DeclineReason.RESOURCE_URL, accepted);
		}
		if (!signer.isOfItsOwnOrigin(offer)) {
			return new PayerDecision.Declines(DeclineReason.RESOURCE_ORIGIN, accepted);
		}
		return new PayerDecision.Pays(accepted, session.rules().asset(),
				() -> new SessionPayload(session.sessionId(), signer.sign(statement)).toPayload(),
				(outcome) -> hear(session, offer.identifier(), outcome, time), MENDED_BY_ANOTHER_SIGNATURE);
	}

	private void hear(SessionGrant session, PaymentIdentifier identifier, PaymentEvent.Outcome outcome,
			SigningClock.Reading signedAt) {
		if (outcome instanceof PaymentEvent.Paid) {
			this.clock.confirm(signedAt);
		}
		hear(session, identifier, outcome);
	}

	/**
	 * Take in what became of a payment, before anybody else hears of it. A session that
	 * another has replaced gives no warnings, and neither does a payment that was not
	 * sent.
	 */
	private void hear(SessionGrant session, PaymentIdentifier identifier, PaymentEvent.Outcome outcome) {
		this.first.hear(identifier, outcome);
		Optional<PaymentReceipt> receipt = outcome.fold((paid) -> Optional.of(paid.receipt()),
				(refused) -> Optional.empty(), (unknown) -> Optional.empty(), (declined) -> Optional.empty(),
				(overcharged) -> overcharged());
		if (session.equals(this.grant.get()) && !(outcome instanceof PaymentEvent.Declined)) {
			this.warnings.checkTime(session);
			receipt.ifPresent((paid) -> checkFunds(session, paid));
		}
	}

	private void checkFunds(SessionGrant session, PaymentReceipt receipt) {
		BigInteger remaining = SessionBalance.of(receipt).remaining();
		if (remaining != null) {
			this.remaining = remaining;
			this.warnings.checkFunds(session, remaining, receipt);
		}
	}

	private Optional<PaymentReceipt> overcharged() {
		stop();
		return Optional.empty();
	}

	/**
	 * Take in that it is known what a payment comes to that is settled later on: what was
	 * set aside for it is part of no warning any more.
	 * @param commitment the commitment's id
	 */
	public void known(String commitment) {
		this.warnings.known(commitment);
	}

	@Override
	public String toString() {
		return "SessionPayer[" + this.grant.get() + "]";
	}

}
