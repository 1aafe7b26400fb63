package io.github.x402sessions.core.offer;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A server's signature under the receipt of an answer that was paid for.
 *
 * @param format {@code jws} or {@code eip712}
 * @param payload what is signed, only where the format is {@code eip712}
 * @param signature the signature, which holds what is signed where the format is
 * {@code jws}
 */
public record SignedReceipt(String format, @Nullable Map<String, @Nullable Object> payload, String signature) {

	/**
	 * Check the required fields.
	 * @throws io.github.x402sessions.core.protocol.MalformedMessageException if one is
	 * missing
	 */
	public SignedReceipt {
		OfferReceipt.requireSigned(format, signature);
	}

	/**
	 * Find the signed receipt of a settlement.
	 * @param extensions the extensions of the server's answer, or {@code null}
	 * @return the receipt, or empty if there is none that can be read
	 */
	public static Optional<SignedReceipt> in(@Nullable Map<String, @Nullable Object> extensions) {
		return OfferReceipt.as(OfferReceipt.info(extensions).get("receipt"), SignedReceipt.class);
	}

}
