package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;

/**
 * A session as it stands. What opens it to its bearer is not here: that is
 * {@link SessionId}.
 *
 * @param key the store's own name for it; opens nothing
 * @param terms what it allows
 * @param approvedIn the ledger that applied its approve
 * @param proven whether the payer signed for its recipient
 * @param spent what has been paid, base units
 * @param reserved what is being paid, base units
 * @param superseded whether the payer's allowance no longer covers it
 */
public record Session(String key, SessionTerms terms, long approvedIn, boolean proven, BigInteger spent,
		BigInteger reserved, boolean superseded) {

	/**
	 * Return what can still be paid.
	 * @return the cap less what has been and is being paid, base units
	 */
	public BigInteger remaining() {
		return this.terms.cap().subtract(used());
	}

	/**
	 * Return the session as it is after one more payment.
	 * @param amount what was paid, base units
	 * @return the session with that added to what was spent
	 */
	public Session paid(BigInteger amount) {
		return new Session(this.key, this.terms, this.approvedIn, this.proven, this.spent.add(amount), this.reserved,
				this.superseded);
	}

	/**
	 * Return what the allowance has to cover, base units: the cap less what has been
	 * paid; of a superseded session only what is on its way.
	 */
	BigInteger owed() {
		return this.superseded ? this.reserved : this.terms.cap().subtract(this.spent);
	}

	/** Return what has been or may yet have been paid, base units. */
	BigInteger used() {
		return this.spent.add(this.reserved);
	}

}
