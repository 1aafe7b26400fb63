package io.github.x402sessions.stellar.transfer;

import java.math.BigInteger;

/**
 * A transfer that is to be made, by the spender or by the payer itself.
 *
 * @param asset the asset's contract
 * @param from who pays
 * @param to who receives
 * @param amount how much, base units, positive
 */
public record Transfer(String asset, String from, String to, BigInteger amount) {

	/** Return who pays whom in which asset. */
	public Parties parties() {
		return new Parties(this.asset, this.from, this.to);
	}

}
