package io.github.x402sessions.facilitator.scheme.session;

import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import org.jspecify.annotations.Nullable;

/**
 * Verdict on a payment's signature.
 *
 * @param refusal why the payment is refused; {@code null} if it is not
 * @param evidence what proves that the holder of the session's key wants it; {@code null}
 * if it is refused, or the session has no key
 */
record SignatureVerdict(Verdict.@Nullable Refused refusal, @Nullable PaymentEvidence evidence) {

	/** Nothing to refuse where nothing has to be signed. */
	static final SignatureVerdict NOT_NEEDED = new SignatureVerdict(null, null);

	static SignatureVerdict refused(Reason reason, String message) {
		return new SignatureVerdict(new Verdict.Refused(reason, message), null);
	}

}
