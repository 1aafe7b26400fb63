package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/**
 * A payment that says that the holder of its session's key has signed it. Of what is
 * signed, the terms are those that the client has accepted.
 *
 * @param sessionKey the session's key, base64url
 * @param statement what would have to be signed
 * @param signature what the payment has for its signature, base64 of either alphabet
 */
record SignedPayment(String sessionKey, PaymentStatement statement, String signature) {

	/** No sign and no leading zeros, so that an amount has one spelling. */
	private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,38}");

	/**
	 * Read what a payment of a session with a key says.
	 * @return {@code null} if there is no text to sign for it, or its server asks for
	 * something else than was accepted
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
			return new SignedPayment(key,
					new PaymentStatement(accepted.network(), accepted.asset(), accepted.payTo(), accepted.amount(),
							terms.approval(), signature.method(), resource.url(), identifier.id(),
							signature.validUntil(), signature.body()),
					signature.signature());
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

	/**
	 * Tell whether the key's holder has signed it. Of what can do that, the JDK takes
	 * seven times as long, and the network's SDK takes a second signature that anybody
	 * can make of the first.
	 */
	boolean isGenuine() {
		byte[] text = this.statement.text().getBytes(StandardCharsets.UTF_8);
		try {
			Ed25519Signer verifier = new Ed25519Signer();
			verifier.init(false, new Ed25519PublicKeyParameters(decode(this.sessionKey)));
			verifier.update(text, 0, text.length);
			return verifier.verifySignature(decode(this.signature));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** Return what proves a genuine one. */
	PaymentEvidence evidence() {
		return new PaymentEvidence(this.sessionKey, this.statement.text(),
				Base64.getUrlEncoder().withoutPadding().encodeToString(decode(this.signature)));
	}

	private static byte[] decode(String text) {
		return Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
	}

}
