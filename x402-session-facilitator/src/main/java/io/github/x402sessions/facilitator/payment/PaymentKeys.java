package io.github.x402sessions.facilitator.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.github.x402sessions.core.once.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.settlement.PaymentKey;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key of a payment from its identifier and those of the server's requirements
 * that decide what moves: scheme, network, asset, amount and recipient.
 */
final class PaymentKeys {

	private PaymentKeys() {
	}

	/**
	 * Return the key, or {@code null} if the client gave no identifier.
	 * @throws MalformedMessageException if the identifier is not of its form
	 */
	static @Nullable PaymentKey of(FacilitatorRequest request) {
		return PaymentIdentifier.of(request.paymentPayload())
			.map((identifier) -> new PaymentKey(identifier.id(), hash(request.paymentRequirements())))
			.orElse(null);
	}

	private static String hash(PaymentRequirements asked) {
		String text = String.join("\n", asked.scheme(), asked.network(), asked.asset(), asked.amount(), asked.payTo());
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("SHA-256 is part of every Java platform", ex);
		}
	}

}
