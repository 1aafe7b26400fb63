package io.github.x402sessions.core.offer;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * The content of a signed offer: the terms that its server has committed itself to.
 *
 * @param version the version of these fields, 1
 * @param resourceUrl the URL of what is sold
 * @param scheme the payment scheme
 * @param network the network as a CAIP-2 id
 * @param asset what is paid with
 * @param payTo who is paid
 * @param amount the price, base units
 * @param validUntil the offer's last moment, Unix seconds; optional, 0 is the same as
 * absent
 */
public record OfferTerms(int version, String resourceUrl, String scheme, String network, String asset, String payTo,
		String amount, @Nullable Long validUntil) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing
	 */
	public OfferTerms {
		OfferReceipt.requireText(resourceUrl, "resourceUrl");
		OfferReceipt.requireText(scheme, "scheme");
		OfferReceipt.requireText(network, "network");
		OfferReceipt.requireText(asset, "asset");
		OfferReceipt.requireText(payTo, "payTo");
		OfferReceipt.requireText(amount, "amount");
	}

	/**
	 * Tell whether these are the terms that a challenge asks for.
	 * @param asked one way to pay of the challenge
	 * @return whether all that both have is the same
	 */
	public boolean isOf(PaymentRequirements asked) {
		return this.scheme.equals(asked.scheme()) && this.network.equals(asked.network())
				&& this.asset.equals(asked.asset()) && this.payTo.equals(asked.payTo())
				&& this.amount.equals(asked.amount());
	}

}
