package io.github.x402sessions.facilitator.admin;

import io.github.x402sessions.facilitator.deferred.redemption.OpenCommitment;

/**
 * A commitment that is in no transaction.
 *
 * @param commitment its name
 * @param amount what is to be paid, base units
 * @param defaulted whether its payer could not pay it
 * @param lastLedger the last ledger in which its session can pay
 */
record AdminCommitment(String commitment, String amount, boolean defaulted, long lastLedger) {

	static AdminCommitment of(OpenCommitment open, boolean defaulted) {
		return new AdminCommitment(open.id(), open.amount().toString(), defaulted, open.lastLedger());
	}

}
