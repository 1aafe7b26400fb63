package io.github.x402sessions.core.offer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * One way to pay, signed by its server. What it says is not known to be true before an
 * {@link OfferVerifier} has looked at it.
 *
 * @param format {@code jws} or {@code eip712}
 * @param acceptIndex which of the challenge's ways to pay it is, unsigned; optional
 * @param payload what is signed, only where the format is {@code eip712}
 * @param signature the signature, which holds what is signed where the format is
 * {@code jws}
 */
public record SignedOffer(String format, @Nullable Integer acceptIndex, @Nullable Map<String, @Nullable Object> payload,
		String signature) {

	/** More than this are not looked at. */
	private static final int MAX_OFFERS = 16;

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing
	 */
	public SignedOffer {
		OfferReceipt.requireSigned(format, signature);
	}

	/**
	 * Find the signed offers of a challenge.
	 * @param extensions the extensions of the challenge, or {@code null}
	 * @return the offers, up to 16 of them; empty if there are none that can be read
	 */
	public static List<SignedOffer> in(@Nullable Map<String, @Nullable Object> extensions) {
		return (OfferReceipt.info(extensions).get("offers") instanceof List<?> offers) ? offers.stream()
			.limit(MAX_OFFERS)
			.flatMap((offer) -> OfferReceipt.as(offer, SignedOffer.class).stream())
			.toList() : List.of();
	}

	/**
	 * Return what it says, whoever has signed it.
	 * @return the terms, or empty if they cannot be read
	 */
	public Optional<OfferTerms> claim() {
		try {
			return Optional.of(OfferReceipt.JWS.equals(this.format)
					? CompactJws.read(this.signature).payload(OfferTerms.class) : WireJson
						.read(WireJson.write((this.payload != null) ? this.payload : Map.of()), OfferTerms.class));
		}
		catch (MalformedMessageException ex) {
			return Optional.empty();
		}
	}

}
