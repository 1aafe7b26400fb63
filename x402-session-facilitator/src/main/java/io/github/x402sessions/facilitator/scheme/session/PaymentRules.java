package io.github.x402sessions.facilitator.scheme.session;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.facilitator.limit.SharedLimit;
import io.github.x402sessions.facilitator.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Rules that every payment of a session is held against. Thread-safe.
 *
 * @param check knows what may be paid
 * @param signatures knows what is signed
 * @param verified what verified payments keep from others
 * @param calls how many a session pays for in a minute
 */
record PaymentRules(PaymentCheck check, SignatureCheck signatures, VerifiedAmounts verified, SharedLimit calls) {

	static final String TOO_OFTEN = "the session has paid for as many calls as it may in a minute";

	/** Check that a payment is signed where it has to be; one of no session is not. */
	SignatureVerdict signature(FacilitatorRequest request, @Nullable Session session) {
		return (session != null) ? this.signatures.check(request, session) : SignatureVerdict.NOT_NEEDED;
	}

}
