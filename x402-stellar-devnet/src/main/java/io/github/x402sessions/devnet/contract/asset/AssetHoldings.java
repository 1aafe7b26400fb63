package io.github.x402sessions.devnet.contract.asset;

import java.math.BigInteger;

import io.github.x402sessions.devnet.contract.runtime.ContractStorage;
import io.github.x402sessions.devnet.contract.runtime.FootprintPolicy;
import io.github.x402sessions.devnet.contract.runtime.HostException;
import io.github.x402sessions.devnet.ledger.LedgerDraft;

/**
 * The balances of an asset, changed without anybody's consent on behalf of the network.
 * Amounts are base units.
 *
 * @param asset the asset
 * @param draft the entries
 */
public record AssetHoldings(AssetInstance asset, LedgerDraft draft) {

	/** The balance of an address; zero where it cannot have any. */
	public BigInteger balance(String address) {
		try {
			return holding(address).balance();
		}
		catch (HostException ex) {
			return BigInteger.ZERO;
		}
	}

	/**
	 * Gives an amount to an address.
	 * @throws IllegalStateException if it cannot take it
	 */
	public void give(String address, BigInteger amount) {
		try {
			holding(address).receive(amount);
		}
		catch (HostException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	private Holding holding(String address) {
		return Holding.of(address, this.asset, new ContractStorage(this.draft, FootprintPolicy.record()));
	}

}
