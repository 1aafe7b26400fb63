package io.github.x402sessions.samples.agent.mcp;

import java.math.BigInteger;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.BaseUnits;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * One way to pay that a server offers.
 *
 * @param scheme how it is paid
 * @param network where
 * @param asset the id of the asset
 * @param amount how much, base units
 * @param price how much, a decimal, where it is the user's asset
 * @param payTo who is paid
 * @param payable whether the user's options allow it, whatever it costs
 */
record Way(String scheme, String network, String asset, String amount, @Nullable String price, String payTo,
		boolean payable) {

	private static final int MAX_LENGTH = 128;

	static Way of(PaymentRequirements asked, Asset asset, boolean payable) {
		BigInteger amount = payable ? BaseUnits.read(asked.amount()).orElse(null) : null;
		return new Way(cut(asked.scheme()), cut(asked.network()), cut(asked.asset()), cut(asked.amount()),
				(amount != null) ? asset.toDecimal(amount) : null, cut(asked.payTo()), payable);
	}

	private static String cut(String text) {
		return text.substring(0, Math.min(text.length(), MAX_LENGTH));
	}

}
