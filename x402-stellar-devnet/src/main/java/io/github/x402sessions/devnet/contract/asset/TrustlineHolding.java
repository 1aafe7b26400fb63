package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;

import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.Trustline;
import org.stellar.sdk.Asset;
import org.stellar.sdk.scval.Scv;

/**
 * An account's trustline, which must exist.
 *
 * @param address the account
 * @param asset the issued asset
 * @param storage where the trustline is kept
 */
record TrustlineHolding(String address, Asset asset, ContractStorage storage) implements Holding {

	@Override
	public BigInteger balance() {
		return BigInteger.valueOf(trustline().balance());
	}

	@Override
	public boolean authorized() {
		return trustline().authorized();
	}

	/** A holder that may not move the asset any more may still keep its liabilities. */
	@Override
	public void authorize(boolean authorized) {
		Trustline trustline = trustline();
		if (trustline.authorized() != authorized) {
			int others = trustline.flags() & ~(Trustline.AUTHORIZED | Trustline.MAINTAIN_LIABILITIES);
			this.storage.write(
					trustline.withFlags(others | (authorized ? Trustline.AUTHORIZED : Trustline.MAINTAIN_LIABILITIES)));
		}
	}

	@Override
	public void requireClawback() {
		if ((trustline().flags() & Trustline.CLAWBACK) == 0) {
			throw ContractError.BALANCE.because("trustline isn't clawbackable");
		}
	}

	@Override
	public void take(BigInteger amount) {
		change(Holding.spent(amount));
	}

	@Override
	public void give(BigInteger amount) {
		change(Holding.received(amount));
	}

	private void change(BigInteger by) {
		Trustline trustline = trustline();
		BigInteger resulting = BigInteger.valueOf(trustline.balance()).add(by);
		this.storage.write(trustline.withBalance(Holding.within(0, resulting, trustline.limit())));
	}

	private Trustline trustline() {
		if (this.storage.read(EntryKey.trustline(this.address, this.asset)) instanceof Trustline trustline) {
			return trustline;
		}
		throw ContractError.TRUSTLINE_MISSING.because("trustline entry is missing for account",
				Scv.toAddress(this.address));
	}

}
