package io.github.x402sessions.core.offer;

/**
 * Hears of what an {@link OfferSigner} could not sign and left out. Implementations are
 * thread-safe and quick.
 */
@FunctionalInterface
public interface SigningFailureListener {

	/**
	 * Something was left out, which is logged already.
	 * @param what {@link OfferSigner#OFFER} or {@link OfferSigner#RECEIPT}
	 */
	void failed(String what);

}
