package io.github.x402sessions.samples.paidchat.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A transaction that calls a token's contract.
 *
 * @param hash its hash, hex
 * @param status {@code SUCCESS} or {@code FAILED}
 * @param ledger the ledger it is in
 * @param closedAt when that closed
 * @param fee what its source paid, stroops
 * @param function the function called
 * @param contract the contract, an address
 * @param parties who is named in the call
 * @param amount the amount in the call, base units
 */
record LedgerTransaction(String hash, String status, long ledger, Instant closedAt, long fee, String function,
		String contract, List<Party> parties, String amount) {

	/**
	 * Somebody in a call.
	 *
	 * @param role what they are in it
	 * @param account their address
	 */
	record Party(String role, String account) {
	}

}
