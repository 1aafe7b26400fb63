package io.github.x402sessions.samples.agent.mcp;

import java.util.List;

/**
 * State of the user's budget. Amounts are decimals.
 *
 * @param asset what amounts are in
 * @param network where is paid
 * @param scheme by which schemes
 * @param maxPrice the most that a call may cost
 * @param total the most to spend in all since the start of this process
 * @param spent what was paid since then, by receipts
 * @param mayHaveBeenCharged what may have been charged besides
 * @param left what may still be spent; a session may have less
 * @param servers who may be paid
 * @param sessions the sessions that are open
 */
record BudgetResult(String asset, String network, String scheme, String maxPrice, String total, String spent,
		String mayHaveBeenCharged, String left, List<String> servers, List<SessionResult> sessions) {
}
