package io.github.x402sessions.samples.agent.mcp;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Price of a request.
 *
 * @param status the HTTP status of the answer without a payment
 * @param paymentRequired whether it costs something
 * @param price what it costs the user, a decimal; absent where the user's options allow
 * none of the ways to pay
 * @param asset what the price is in
 * @param withinLimits whether the user's limits allow it now
 * @param error why they do not, in the words of a refusal
 * @param ways all ways to pay that the server offers
 * @param left what may still be spent, a decimal
 */
record PriceResult(int status, boolean paymentRequired, @Nullable String price, @Nullable String asset,
		boolean withinLimits, @Nullable String error, List<Way> ways, String left) {
}
