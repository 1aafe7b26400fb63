package io.github.x402sessions.devnet.contract;

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
		if (!(this.storage.read(EntryKey.account(this.address)) instanceof Account account)) {
			throw ContractError.ACCOUNT_MISSING.because("account entry is missing", Scv.toAddress(this.address));
		}
		if (account.subEntries() >= MAX_SUBENTRIES) {
			throw ContractError.TOO_MANY_SUBENTRIES.because("account has too many subentries",
					Scv.toAddress(this.address));
		}
		Account grown = account.withSubEntries(account.subEntries() + 1);
		if (grown.balance() < grown.minimumBalance()) {
			throw ContractError.INSUFFICIENT_RESERVE.because("account cannot afford the reserve",
					Scv.toAddress(this.address));
		}
		this.storage.write(grown);
		this.storage.write(Trustline.opened(this.address, this.asset.asset())
			.withFlags((this.asset.issuerHas(Authority.REQUIRED, this.storage) ? 0 : Trustline.AUTHORIZED)
					| (this.asset.issuerHas(Authority.CLAWBACK, this.storage) ? Trustline.CLAWBACK : 0)));
	}

}
