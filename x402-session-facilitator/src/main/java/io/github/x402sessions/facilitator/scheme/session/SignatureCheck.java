package io.github.x402sessions.facilitator.scheme.session;

import java.time.Clock;
import java.time.Duration;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds payments of sessions that have a key against what the key's holder has signed,
 * before anything else is said of them: whoever has not the key learns and repeats
 * nothing. Payments of other sessions pass, whatever they hold. Thread-safe.
 *
 * @param clock the time
 * @param memory how long a payment is known by its identifier: no signature may be good
 * for longer, or it would pay again
 */
record SignatureCheck(Clock clock, Duration memory) {

	private static final Logger logger = LoggerFactory.getLogger(SignatureCheck.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofSeconds(5));

	/** How far clocks may differ, seconds. */
	private static final long SKEW = 60;

	/**
	 * How much later than it is verified a payment may be settled or repeated, seconds.
	 */
	private static final long TO_SETTLE = 900;

	/**
	 * Check that a payment is signed, and may still be settled.
	 * @return the refusal, or {@code null} if there is nothing to refuse
	 */
	Verdict.@Nullable Refused refusal(FacilitatorRequest request, Session session) {
		if (session.terms().sessionKey() == null) {
			return null;
		}
		Verdict.Refused refusal = unsigned(request, session);
		if (refusal != null && refusal.reason() != Reason.PAYMENT_EXPIRED) {
			LOG.log(refusal.reason(),
					(skipped) -> logger.warn("A payment of session {} is refused: {} ({} more since the last time)",
							PaymentCheck.token(request).handle(), refusal.message(), skipped));
		}
		return refusal;
	}

	private Verdict.@Nullable Refused unsigned(FacilitatorRequest request, Session session) {
		PaymentSignature signature = signature(request, session);
		if (signature == null) {
			return new Verdict.Refused(Reason.SIGNATURE_REQUIRED,
					"the session has a key: 'payload' needs 'method', 'body', 'validUntil' and 'signature'");
		}
		if (PaymentIdentifier.of(request.paymentPayload()).isEmpty()) {
			return new Verdict.Refused(Reason.SIGNATURE_REQUIRED,
					"the session has a key: what is signed holds a 'payment-identifier', and there is none");
		}
		Verdict.Refused over = over(request, signature, SKEW + TO_SETTLE);
		if (over != null) {
			return over;
		}
		SignedPayment signed = SignedPayment.of(request, session.terms(), signature);
		return (signed != null && signed.isGenuine()) ? null : new Verdict.Refused(Reason.INVALID_SIGNATURE,
				"the holder of the session's key has not signed this payment");
	}

	/**
	 * Check that a payment that is signed has not waited too long for its verification.
	 * @return the refusal, or {@code null} if there is nothing to refuse
	 */
	Verdict.@Nullable Refused late(FacilitatorRequest request, Session session) {
		PaymentSignature signature = signature(request, session);
		return (signature != null) ? over(request, signature, SKEW) : null;
	}

	/**
	 * Return what proves a payment that was not refused.
	 * @return the evidence, or {@code null} where the session has no key
	 */
	static @Nullable PaymentEvidence evidence(FacilitatorRequest request, Session session) {
		PaymentSignature signature = signature(request, session);
		SignedPayment signed = (signature != null) ? SignedPayment.of(request, session.terms(), signature) : null;
		return (signed != null) ? signed.evidence() : null;
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
