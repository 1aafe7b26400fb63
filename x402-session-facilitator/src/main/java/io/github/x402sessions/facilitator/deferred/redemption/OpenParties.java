package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Instant;

import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

/**
 * Parties between whom commitments are in no transaction.
 *
 * @param parties payer, asset and recipient
 * @param amount what the commitments come to, with those that are defaulted, base units
 * @param oldest when the first was made of those that are not defaulted; absent where all
 * are
 * @param count how many are not defaulted, of which no more than {@link #COUNTED} are
 * counted
 * @param defaulted whether one is defaulted
 * @param ended whether one of their accounts pays nothing more
 * @param lastLedger the last ledger of the first of their accounts to end
 * @param latestOpened when the payer has opened an account in the asset last
 */
public record OpenParties(Parties parties, BigInteger amount, @Nullable Instant oldest, int count, boolean defaulted,
		boolean ended, long lastLedger, Instant latestOpened) {

	/** What fifty transactions carry: counting more takes too long. */
	public static final int COUNTED = 50 * RedemptionTransactions.MOST;

	/**
	 * Tell whether the recipient waits: not all is defaulted.
	 * @return whether that is so
	 */
	public boolean isWaiting() {
		return this.oldest != null;
	}

	/**
	 * Return since when the recipient waits; never where all is defaulted.
	 */
	public Instant since() {
		return (this.oldest != null) ? this.oldest : Instant.MAX;
	}

	/**
	 * Return how many transactions redeem all that is counted. What is defaulted is one
	 * more: it is collected as its payer comes to money.
	 */
	int transactions() {
		return (this.count + RedemptionTransactions.MOST - 1) / RedemptionTransactions.MOST + (this.defaulted ? 1 : 0);
	}

}
