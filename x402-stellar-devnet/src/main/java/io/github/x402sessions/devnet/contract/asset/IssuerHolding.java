package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;

import io.github.x402sessions.devnet.contract.runtime.ContractError;

/**
 * The issuer of an asset: it has no balance of its own; assets that it sends are minted,
 * those that it receives are burnt.
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
		throw ContractError.OPERATION_NOT_SUPPORTED.because("issuer doesn't have a trustline");
	}

	@Override
	public void requireClawback() {
		throw ContractError.OPERATION_NOT_SUPPORTED.because("cannot clawback from issuer");
	}

	@Override
	public void take(BigInteger amount) {
		Holding.spent(amount);
	}

	@Override
	public void give(BigInteger amount) {
		Holding.received(amount);
	}

}
