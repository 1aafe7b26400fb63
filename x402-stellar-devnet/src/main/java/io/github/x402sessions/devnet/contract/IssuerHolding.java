package io.github.x402sessions.devnet.contract;

import java.math.BigInteger;

/**
 * The issuer of an asset: it has no balance of its own, what it sends is minted and what
 * it gets is burnt.
 */
record IssuerHolding() implements Holding {

	@Override
	public BigInteger balance() {
		return BigInteger.valueOf(Long.MAX_VALUE);
	}

	@Override
	public boolean authorized() {
		return true;
	}

	@Override
	public void take(BigInteger amount) {
		Holding.classic(amount);
	}

	@Override
	public void give(BigInteger amount) {
		Holding.classic(amount);
	}

}
