package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;

import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.scval.Scv;

/**
 * The balance of an address in an asset, with the rules for changing it. Amounts are base
 * units and never negative.
 */
sealed interface Holding permits LumenHolding, IssuerHolding, TrustlineHolding, ContractHolding {

	BigInteger balance();

	/** Whether the issuer lets the address move the asset. */
	boolean authorized();

	/**
	 * Lets the address move the asset, or not.
	 * @throws HostException if the asset needs no authorization
	 */
	void authorize(boolean authorized);

	/**
	 * Returns if the issuer may take the asset back.
	 * @throws HostException if not
	 */
	void requireClawback();

	/** Takes an amount, whether the address may move the asset or not. */
	void take(BigInteger amount);

	/** Gives an amount, whether the address may move the asset or not. */
	void give(BigInteger amount);

	static Holding of(String address, AssetInstance asset, ContractStorage storage) {
		if (Strkeys.isContract(address)) {
			return new ContractHolding(address, asset, storage);
		}
		String issuer = asset.issuer();
		if (issuer == null) {
			return new LumenHolding(address, storage);
		}
		return address.equals(issuer) ? new IssuerHolding() : new TrustlineHolding(address, asset.asset(), storage);
	}

	default void spend(BigInteger amount) {
		requireAuthorized();
		take(amount);
	}

	default void receive(BigInteger amount) {
		requireAuthorized();
		give(amount);
	}

	private void requireAuthorized() {
		if (!authorized()) {
			throw ContractError.BALANCE_DEAUTHORIZED.because("balance is deauthorized");
		}
	}

	/** The amount to take from a classic entry, which counts in 64 bits. */
	static BigInteger spent(BigInteger amount) {
		return classic(amount, "spent amount is too large for an i64").negate();
	}

	/** The amount to give to a classic entry, which counts in 64 bits. */
	static BigInteger received(BigInteger amount) {
		return classic(amount, "received amount is too large for an i64");
	}

	private static BigInteger classic(BigInteger amount, String otherwise) {
		if (amount.bitLength() > 63) {
			throw ContractError.OVERFLOW.because(otherwise);
		}
		return amount;
	}

	/** The new balance of a classic entry, if it stays between its bounds. */
	static long within(long min, BigInteger resulting, long max) {
		if (resulting.bitLength() > 63) {
			throw ContractError.BALANCE.because("resulting balance overflow");
		}
		long balance = resulting.longValueExact();
		if (balance < min || balance > max) {
			throw ContractError.BALANCE.because("resulting balance is not within the allowed range", Scv.toInt64(min),
					Scv.toInt64(balance), Scv.toInt64(max));
		}
		return balance;
	}

}
