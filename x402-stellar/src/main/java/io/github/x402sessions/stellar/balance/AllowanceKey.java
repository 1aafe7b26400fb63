package io.github.x402sessions.stellar.balance;

import io.github.x402sessions.stellar.xdr.LedgerKeys;
import io.github.x402sessions.stellar.xdr.Xdr;

/**
 * Names an allowance: an account or contract has one for each spender and asset.
 *
 * @param asset the asset's contract
 * @param from who lets spend
 * @param spender who may spend
 */
public record AllowanceKey(String asset, String from, String spender) {

	public String ledgerKey() {
		return Xdr.write(LedgerKeys.allowance(this.asset, this.from, this.spender));
	}

}
