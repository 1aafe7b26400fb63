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
	public void authorize(boolean authorized) {
		throw ContractError.OPERATION_NOT_SUPPORTED.because("nobody has to be authorized here");
	}

	@Override
	public void requireClawback() {
		throw ContractError.OPERATION_NOT_SUPPORTED.because("there is nothing to take back here");
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
