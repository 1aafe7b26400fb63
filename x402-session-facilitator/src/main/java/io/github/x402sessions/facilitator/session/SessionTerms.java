package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;

import io.github.x402sessions.core.scheme.session.SessionKey;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.SpenderParties;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a session. They never change.
 *
 * @param network the network as a CAIP-2 id
 * @param approval the hash of the transaction that holds the approval
 * @param payer who pays
 * @param spender who may spend: one of this facilitator's spenders
 * @param asset the asset's contract
 * @param recipient the only one that is ever paid
 * @param cap the most that is ever paid, base units
 * @param expirationLedger the last ledger in which a payment can be made
 * @param sessionKey the key whose holder signs each payment, as {@link SessionKey} writes
 * it; absent where the session's id alone pays
 */
public record SessionTerms(String network, String approval, String payer, String spender, String asset,
		String recipient, BigInteger cap, long expirationLedger, @Nullable String sessionKey) {

	/** Return between whom it pays. */
	public Parties parties() {
		return new Parties(this.asset, this.payer, this.recipient);
	}

	/** Return between whom it pays, and who spends. */
	public SpenderParties spenderParties() {
		return new SpenderParties(this.spender, parties());
	}

	/** Return the name of the allowance that the session rests on. */
	public AllowanceKey allowance() {
		return new AllowanceKey(this.asset, this.payer, this.spender);
	}

}
