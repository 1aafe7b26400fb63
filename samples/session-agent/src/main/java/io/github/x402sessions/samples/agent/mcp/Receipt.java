package io.github.x402sessions.samples.agent.mcp;

import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Receipt of a payment, as a model reads it.
 *
 * @param amount what was paid, a decimal
 * @param atMost whether that is the most that it may come to
 * @param asset what it was paid in
 * @param network where it was paid
 * @param scheme how it was paid
 * @param payTo who was paid
 * @param transaction the hash of the transaction
 * @param commitment the facilitator's commitment to settle it later on
 */
record Receipt(String amount, boolean atMost, String asset, String network, String scheme, String payTo,
		@Nullable String transaction, @Nullable String commitment) {

	static Receipt of(PaymentReceipt paid, PaymentRequirements agreed, Asset asset) {
		String commitment = paid.commitment().orElse(null);
		return new Receipt(asset.toDecimal((paid.amount() != null) ? paid.amount() : agreed.baseUnits()), paid.isHeld(),
				asset.symbol(), agreed.network(), agreed.scheme(), agreed.payTo(),
				(commitment != null) ? null : paid.transaction(), commitment);
	}

}
