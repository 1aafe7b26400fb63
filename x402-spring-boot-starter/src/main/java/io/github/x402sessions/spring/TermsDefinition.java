package io.github.x402sessions.spring;

import org.jspecify.annotations.Nullable;

/**
 * One way to pay as a price or a route writes it down; {@code null} is what the
 * {@code x402} properties say.
 *
 * @param place where it is written down, for messages
 */
public record TermsDefinition(String place, @Nullable String price, @Nullable String scheme, @Nullable String network,
		@Nullable String asset, @Nullable Integer assetDecimals, @Nullable String payTo) {

	/** Tell whether anything but the price differs from what is common. */
	public boolean isCommon() {
		return this.scheme == null && this.network == null && this.asset == null && this.assetDecimals == null
				&& this.payTo == null;
	}

	public TermsDefinition withPrice(String other) {
		return new TermsDefinition(this.place, other, this.scheme, this.network, this.asset, this.assetDecimals,
				this.payTo);
	}

}
