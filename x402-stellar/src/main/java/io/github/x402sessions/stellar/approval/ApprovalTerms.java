package io.github.x402sessions.stellar.approval;

import java.math.BigInteger;

import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.stellar.transaction.CallTransaction;

/**
 * The terms that a payer allows: a spender may move up to an amount of an asset for some
 * ledgers.
 *
 * @param user the account that allows it and signs
 * @param spender the account that may spend
 * @param asset the asset's contract id
 * @param amount the most that may be spent, base units
 * @param ledgers for how many ledgers from now
 * @param keptUntil a ledger that the allowance has to reach in any case, for what else
 * rests on it; 0 if nothing does
 */
public record ApprovalTerms(String user, String spender, String asset, BigInteger amount, long ledgers,
		long keptUntil) {

	/**
	 * Return the last ledger that an approval has to name, where one was chosen that may
	 * be too early for what else rests on the allowance: an approval replaces the end of
	 * the one before it.
	 * @param chosen the ledger that was chosen
	 * @return the later one
	 */
	public long lastLedger(long chosen) {
		return Math.max(chosen, this.keptUntil);
	}

	/**
	 * Return the transaction that allows it.
	 * @param lastLedger the last ledger in which it can be spent
	 * @param sequence the sequence number of the user's last transaction
	 * @param maxTime the last close time of a ledger that may hold it, Unix seconds
	 * @param network the network to sign for
	 */
	CallTransaction transaction(long lastLedger, long sequence, long maxTime, Network network) {
		ApproveCall approve = new ApproveCall(this.asset, this.user, this.spender, this.amount, lastLedger);
		return new CallTransaction(approve.operation(), this.user, sequence, maxTime,
				new org.stellar.sdk.Network(network.passphrase()));
	}

}
