package io.github.x402sessions.facilitator.event;

import org.jspecify.annotations.Nullable;

/**
 * A session that was opened or has ended, as its recipient sees it.
 *
 * @param handle its name, which opens nothing
 * @param status {@code active}, {@code superseded} (the payer's allowance does not cover
 * it any more) or {@code closed} (by its owner)
 * @param reason why it has ended: {@code superseded}, {@code uncovered},
 * {@code defaulted} or {@code closed}; absent while it pays
 * @param payer who pays
 * @param asset the asset's contract
 * @param network the network as a CAIP-2 id
 * @param cap the most that it pays in all, base units
 * @param expirationLedger the last ledger in which it pays
 */
public record SessionChange(String handle, String status, @Nullable String reason, String payer, String asset,
		String network, String cap, long expirationLedger) {
}
