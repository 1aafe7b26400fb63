package io.github.x402sessions.client.payment.offer;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The verdict on what a server has signed.
 *
 * @param why why it is not paid, in words of this client; {@code null} if it may be
 */
public record OfferVerdict(@Nullable String why) {

	static final OfferVerdict FINE = new OfferVerdict(null);

	/**
	 * Return why the server is not paid.
	 * @return the reason, or empty if it may be paid
	 */
	public Optional<String> refusal() {
		return Optional.ofNullable(this.why);
	}

}
