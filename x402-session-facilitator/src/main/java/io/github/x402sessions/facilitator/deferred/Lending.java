package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.NavigableMap;

/**
 * Amounts that are lent to a payer for a recipient, and who else is involved, of one
 * asset, base units.
 *
 * @param toPair what the payer owes the recipient
 * @param toPayer what the payer owes all recipients
 * @param forRecipient what all payers owe the recipient
 * @param total what all owe
 * @param earned what the payer has paid the recipient lately
 * @param lost what the recipient has lost in a day
 * @param frozen whether the payer has left a commitment unpaid
 * @param open what is set aside for payments of the payer, from all accounts and for all
 * recipients, committed or in motion
 * @param paid what the payer has paid in the last ledgers, by ledger
 */
public record Lending(BigInteger toPair, BigInteger toPayer, BigInteger forRecipient, BigInteger total,
		BigInteger earned, BigInteger lost, boolean frozen, BigInteger open, NavigableMap<Long, BigInteger> paid) {

	/**
	 * Tell whether a balance is too old, by what any node has seen of its payer since.
	 * @param ledger the ledger in which it was read
	 */
	boolean isFarBeyond(long ledger) {
		return !this.paid.tailMap(ledger + PayerStandings.OLDEST_BALANCE, false).isEmpty();
	}

	/**
	 * Return what a balance that was read in a ledger does not know of yet.
	 * @param ledger the ledger
	 */
	BigInteger unconfirmedBy(long ledger) {
		return this.paid.tailMap(ledger, false).values().stream().reduce(this.open, BigInteger::add);
	}

}
