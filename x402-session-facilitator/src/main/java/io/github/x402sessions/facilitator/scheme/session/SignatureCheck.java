package io.github.x402sessions.facilitator.scheme.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import io.github.x402sessions.facilitator.access.RateLimit;
import io.github.x402sessions.facilitator.deferred.hold.HeldPayments;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.evidence.SignatureVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds payments of sessions that have a key against what the key's holder has signed,
 * before anything else is said of them: whoever has not the key learns and repeats
 * nothing, and after many wrong signatures waits, for verifying them takes time. Payments
 * of other sessions pass, whatever they hold. Thread-safe.
 */
final class SignatureCheck {

	private static final Logger logger = LoggerFactory.getLogger(SignatureCheck.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofSeconds(5));

	/** How far clocks may differ, seconds. */
	private static final long SKEW = 60;

	/**
	 * How much later than it is verified a payment may be settled or repeated, seconds.
	 */
	private static final long TO_SETTLE = HeldPayments.TERM.toSeconds();

	/**
	 * How many wrong signatures of one session are looked at in a minute: too few to keep
	 * a processor busy, and many more than anybody sends by mistake.
	 */
	private static final int REFUSED_PER_MINUTE = 600;

	private final Clock clock;

	private final Duration memory;

	private final SignatureVerifier verifier = new SignatureVerifier();

	private final RateLimit refused = new RateLimit(REFUSED_PER_MINUTE);

	/**
	 * Create it.
	 * @param clock the time
	 * @param memory how long a payment is known by its identifier: no signature may be
	 * good for longer, or it would pay again
	 */
	SignatureCheck(Clock clock, Duration memory) {
		this.clock = clock;
		this.memory = memory;
	}

	/**
	 * Check that a payment is signed, and may still be settled.
	 * @return the refusal, or what proves the payment
	 */
	SignatureVerdict check(FacilitatorRequest request, Session session) {
		if (session.terms().sessionKey() == null) {
			return SignatureVerdict.NOT_NEEDED;
		}
		SignatureVerdict verdict = verdict(request, session);
		Verdict.Refused refusal = verdict.refusal();
		if (refusal != null && refusal.reason() != Reason.PAYMENT_EXPIRED) {
			LOG.log(refusal.reason(),
					(skipped) -> logger.warn("A payment of session {} is refused: {} ({} more since the last time)",
							PaymentCheck.token(request).handle(), refusal.message(), skipped));
		}
		return verdict;
	}

	private SignatureVerdict verdict(FacilitatorRequest request, Session session) {
		PaymentSignature signature = signature(request, session);
		if (signature == null) {
			return SignatureVerdict.refused(Reason.SIGNATURE_REQUIRED,
					"the session has a key: 'payload' needs 'method', 'body', 'validUntil' and 'signature'");
		}
		if (PaymentIdentifier.of(request.paymentPayload()).isEmpty()) {
			return SignatureVerdict.refused(Reason.SIGNATURE_REQUIRED,
					"the session has a key: what is signed holds a 'payment-identifier', and there is none");
		}
		Verdict.Refused over = over(request, signature, SKEW + TO_SETTLE);
		if (over != null) {
			return new SignatureVerdict(over, null);
		}
		if (!this.refused.allows(session.key())) {
			return SignatureVerdict.refused(Reason.RATE_LIMITED,
					"the session has too many wrong signatures in a minute");
		}
		SignedPayment signed = SignedPayment.of(request, session.terms(), signature);
		if (signed == null || !signed.isGenuine(this.verifier)) {
			this.refused.take(session.key());
			return SignatureVerdict.refused(Reason.INVALID_SIGNATURE,
					"the holder of the session's key has not signed this payment");
		}
		return new SignatureVerdict(null, signed.evidence());
	}

	/**
	 * Check that a payment that is signed has not waited too long for its verification.
	 * @return the refusal, or {@code null} if there is nothing to refuse
	 */
	Verdict.@Nullable Refused late(FacilitatorRequest request, Session session) {
		PaymentSignature signature = signature(request, session);
		return (signature != null) ? over(request, signature, SKEW) : null;
	}

	/** Return until when a payment may be settled that is signed where it has to be. */
	Instant last(FacilitatorRequest request, Session session) {
		PaymentSignature signature = signature(request, session);
		return (signature != null) ? Instant.ofEpochSecond(signature.validUntil()).plusSeconds(SKEW + TO_SETTLE)
				: Instant.MAX;
	}

	/**
	 * Return {@code null} if the session has no key, there is no signature, or a member
	 * of it is missing.
	 */
	private static @Nullable PaymentSignature signature(FacilitatorRequest request, Session session) {
		if (session.terms().sessionKey() == null) {
			return null;
		}
		try {
			return SessionPayload.read(request.paymentPayload().payload()).signature();
		}
		catch (MalformedMessageException ex) {
			return null;
		}
	}

	private Verdict.@Nullable Refused over(FacilitatorRequest request, PaymentSignature signature, long after) {
		long left = signature.validUntil() - this.clock.instant().getEpochSecond();
		long longest = Math.min(request.paymentRequirements().maxTimeoutSeconds() + SKEW,
				this.memory.toSeconds() - SKEW - TO_SETTLE);
		if (left > longest) {
			return new Verdict.Refused(Reason.PAYMENT_EXPIRED,
					"'validUntil' is more than " + longest + " seconds ahead");
		}
		return (left < -after) ? new Verdict.Refused(Reason.PAYMENT_EXPIRED, "'validUntil' is over") : null;
	}

}
