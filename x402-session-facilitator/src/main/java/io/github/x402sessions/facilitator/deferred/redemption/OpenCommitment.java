package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;

/**
 * A commitment that is in no transaction.
 *
 * @param id its name
 * @param session the store's name for the session that pays
 * @param amount what is to be paid, base units
 * @param lastLedger the last ledger in which the session can pay
 * @param approvedIn the ledger that applied the session's approval
 * @param fundedIn the ledger by which the payer had the amount; 0 where that is not known
 */
public record OpenCommitment(String id, String session, BigInteger amount, long lastLedger, long approvedIn,
		long fundedIn) {
}
