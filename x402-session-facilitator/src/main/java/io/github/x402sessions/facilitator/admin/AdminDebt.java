package io.github.x402sessions.facilitator.admin;

import java.time.Instant;

import io.github.x402sessions.facilitator.deferred.redemption.OpenParties;
import org.jspecify.annotations.Nullable;

/**
 * Commitments of one payer to one recipient that are in no transaction.
 *
 * @param payer who owes
 * @param recipient whom
 * @param asset the asset's contract
 * @param amount what they come to, with those in default, base units
 * @param count how many are not in default, as far as they are counted
 * @param oldest when the first of these was made; absent where all are in default
 * @param defaulted whether one is in default
 * @param lastLedger the last ledger of the first of their sessions to end
 */
record AdminDebt(String payer, String recipient, String asset, String amount, int count, @Nullable Instant oldest,
		boolean defaulted, long lastLedger) {

	static AdminDebt of(OpenParties open) {
		return new AdminDebt(open.parties().from(), open.parties().to(), open.parties().asset(),
				open.amount().toString(), open.count(), open.oldest(), open.defaulted(), open.lastLedger());
	}

}
