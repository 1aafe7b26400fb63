package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;

import io.github.x402sessions.stellar.transfer.Parties;

/**
 * A commitment that was written off.
 *
 * @param id its name
 * @param account the name of the account that it drew on
 * @param parties who should have paid whom
 * @param amount how much, base units
 * @param defaulted whether its payer could not pay it before
 */
public record GivenUp(String id, String account, Parties parties, BigInteger amount, boolean defaulted) {

	/** Return its state before, in the books' word. */
	public String before() {
		return this.defaulted ? "DEFAULTED" : "COMMITTED";
	}

}
