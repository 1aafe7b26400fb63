package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;

/**
 * A commitment that is in no transaction.
 *
 * @param id its name
 * @param account the name of the account that it draws on
 * @param amount what is to be paid, base units
 * @param lastLedger the last ledger in which the account can pay
 * @param openedIn the ledger in which the account was opened
 * @param fundedIn the ledger by which the payer had the amount; 0 where that is not known
 */
public record OpenCommitment(String id, String account, BigInteger amount, long lastLedger, long openedIn,
		long fundedIn) {
}
