package io.github.x402sessions.facilitator.merchant;

import java.math.BigInteger;

/**
 * Amounts of an asset that recipients are owed.
 *
 * @param asset the contract of the asset
 * @param commitments how many payments are committed and in no ledger
 * @param committed how much they come to, base units
 * @param holds how many payments are held
 * @param held how much they come to, base units
 */
public record OpenAmount(String asset, long commitments, BigInteger committed, long holds, BigInteger held) {

	BigInteger exposure() {
		return this.committed.add(this.held);
	}

}
