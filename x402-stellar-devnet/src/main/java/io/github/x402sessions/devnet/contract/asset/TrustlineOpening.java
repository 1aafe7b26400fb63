package io.github.x402sessions.devnet.contract.asset;

import io.github.x402sessions.devnet.contract.runtime.ContractError;
import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.ledger.Account;
import io.github.x402sessions.devnet.ledger.Authority;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.Trustline;
import org.stellar.sdk.scval.Scv;

/**
 * Opens a trustline without a limit for an account, from within the asset contract.
 *
 * @param address the account
 * @param asset the asset contract
 * @param storage where the trustline will be
 */
record TrustlineOpening(String address, AssetInstance asset, ContractStorage storage) {

	private static final int MAX_SUBENTRIES = 1000;

	boolean isNeeded() {
		return this.storage.read(EntryKey.trustline(this.address, this.asset.asset())) == null;
	}

	void open() {
		boolean unauthorized = this.asset.issuerHas(Authority.REQUIRED, this.storage);
		boolean clawback = this.asset.issuerHas(Authority.CLAWBACK, this.storage);
		if (!(this.storage.read(EntryKey.account(this.address)) instanceof Account account)) {
			throw ContractError.ACCOUNT_MISSING.because("account entry is missing", Scv.toAddress(this.address));
		}
		if (account.subEntries() >= MAX_SUBENTRIES) {
			throw ContractError.TOO_MANY_SUBENTRIES.because("account has reached maximum number of sub-entries");
		}
		Account grown = account.withSubEntries(account.subEntries() + 1);
		if (grown.balance() < grown.minimumBalance()) {
			throw ContractError.INSUFFICIENT_RESERVE.because("account has insufficient reserve for new trustline");
		}
		this.storage.write(Trustline.opened(this.address, this.asset.asset())
			.withFlags((unauthorized ? 0 : Trustline.AUTHORIZED) | (clawback ? Trustline.CLAWBACK : 0)));
		this.storage.write(grown);
	}

}
