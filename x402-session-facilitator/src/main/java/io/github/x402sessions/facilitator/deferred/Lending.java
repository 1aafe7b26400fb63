package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.Map;

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
 * @param bySpender what is set aside for payments of the payer, from all accounts and for
 * all recipients, and what it has paid lately: by the spender whose allowance it takes,
 * without a name where it takes none
 */
public record Lending(BigInteger toPair, BigInteger toPayer, BigInteger forRecipient, BigInteger total,
		BigInteger earned, BigInteger lost, boolean frozen, Map<String, Unconfirmed> bySpender) {

	/**
	 * Tell whether a balance is too old, by what any node has seen of its payer since.
	 * @param ledger the ledger in which it was read
	 */
	boolean isFarBeyond(long ledger) {
		return this.bySpender.values()
			.stream()
			.anyMatch((one) -> one.isPaidAfter(ledger + PayerStandings.OLDEST_BALANCE));
	}

	/**
	 * Return what a balance that was read in a ledger does not know of yet.
	 * @param ledger the ledger
	 * @return what is set aside, or was paid after that ledger, base units
	 */
	public BigInteger unconfirmedBy(long ledger) {
		return this.bySpender.values().stream().map((one) -> one.by(ledger)).reduce(BigInteger.ZERO, BigInteger::add);
	}

	/**
	 * Return what an allowance that was read in a ledger does not know of yet.
	 * @param spender whose allowance
	 * @param ledger the ledger
	 */
	BigInteger unconfirmedBy(String spender, long ledger) {
		return this.bySpender.getOrDefault(spender, Unconfirmed.NONE).by(ledger);
	}

}
