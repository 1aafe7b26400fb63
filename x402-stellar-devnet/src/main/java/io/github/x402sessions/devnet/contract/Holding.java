package io.github.x402sessions.devnet.contract;

import java.math.BigInteger;

import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.scval.Scv;

/**
 * What an address has of an asset, and the rules for changing it. Amounts are base units
 * and never negative.
 */
sealed interface Holding permits LumenHolding, IssuerHolding, TrustlineHolding, ContractHolding {

	BigInteger balance();

	/** Whether the issuer lets the address move the asset. */
	boolean authorized();

	/** Lets the address move the asset, or not. */
	default void authorize(boolean authorized) {
		throw ContractError.OPERATION_NOT_SUPPORTED.because("nobody has to be authorized here");
	}

	/**
	 * Returns if the issuer may take the asset back.
	 * @throws HostException if not
	 */
	default void requireClawback() {
		throw ContractError.OPERATION_NOT_SUPPORTED.because("there is nothing to take back here");
	}

	void take(BigInteger amount);

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

	/** An amount of a classic entry, which counts in 64 bits. */
	static long classic(BigInteger amount) {
		if (amount.bitLength() > 63) {
			throw ContractError.OVERFLOW.because("amount does not fit 64 bits", Scv.toInt128(amount));
		}
		return amount.longValueExact();
	}

	/** The new balance of a classic entry, if it stays between its bounds. */
	static long within(long min, BigInteger resulting, long max) {
		if (resulting.bitLength() > 63) {
			throw ContractError.OVERFLOW.because("resulting balance overflow");
		}
		long balance = resulting.longValueExact();
		if (balance < min || balance > max) {
			throw ContractError.BALANCE.because("resulting balance is not within the allowed range",
					Scv.toInt128(BigInteger.valueOf(min)), Scv.toInt128(resulting),
					Scv.toInt128(BigInteger.valueOf(max)));
		}
		return balance;
	}

}
