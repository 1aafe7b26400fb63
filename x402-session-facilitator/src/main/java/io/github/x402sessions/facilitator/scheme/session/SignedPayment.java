package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.util.regex.Pattern;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.scheme.session.Base64Bytes;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import io.github.x402sessions.facilitator.session.evidence.SignatureVerifier;
import org.jspecify.annotations.Nullable;

/**
 * A payment that says that the holder of its session's key has signed it. Of what is
 * signed, the terms are those that the client has accepted.
 *
 * @param sessionKey the session's key, base64url
 * @param statement the text that would have to be signed
 * @param signature what the payment has for its signature
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record SignedPayment(String sessionKey, String statement, byte[] signature) {

	/** No sign and no leading zeros, so that an amount has one spelling. */
	private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,38}");

	/**
	 * Read what a payment of a session with a key says.
	 * @return {@code null} if there is no text to sign for it or no base64, or its server
	 * asks for something else than was accepted
	 */
	static @Nullable SignedPayment of(FacilitatorRequest request, SessionTerms terms, PaymentSignature signature) {
		PaymentPayload payment = request.paymentPayload();
		ResourceInfo resource = payment.resource();
		PaymentIdentifier identifier = PaymentIdentifier.of(payment).orElse(null);
		String key = terms.sessionKey();
		if (resource == null || identifier == null || key == null
				|| !isAccepted(request.paymentRequirements(), payment.accepted())) {
			return null;
		}
		try {
			PaymentRequirements accepted = payment.accepted();
			PaymentStatement statement = new PaymentStatement(accepted.network(), accepted.asset(), accepted.payTo(),
					accepted.amount(), terms.approval(), signature.method(), resource.url(), identifier.id(),
					signature.validUntil(), signature.body());
			return new SignedPayment(key, statement.text(), signature.signatureBytes());
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/** A server may ask for less than was accepted, where it meters. */
	private static boolean isAccepted(PaymentRequirements asked, PaymentRequirements accepted) {
		return asked.network().equals(accepted.network()) && asked.asset().equals(accepted.asset())
				&& asked.payTo().equals(accepted.payTo()) && AMOUNT.matcher(accepted.amount()).matches()
				&& AMOUNT.matcher(asked.amount()).matches()
				&& new BigInteger(asked.amount()).compareTo(new BigInteger(accepted.amount())) <= 0;
	}

	/** Tell whether the key's holder has signed it. */
	boolean isGenuine(SignatureVerifier verifier) {
		return verifier.verifies(this.sessionKey, this.statement, this.signature);
	}

	/** Return what proves a genuine one. */
	PaymentEvidence evidence() {
		return new PaymentEvidence(this.sessionKey, this.statement, Base64Bytes.write(this.signature));
	}

}
