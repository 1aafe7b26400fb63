package io.github.x402sessions.devnet.ledger;

import java.util.function.Function;

import org.stellar.sdk.xdr.LedgerEntry;

/**
 * A ledger entry of one of the kinds this network keeps.
 */
public sealed interface Entry permits Account, Trustline, AccountData, ContractData {

	EntryKey key();

	/** Decide by cases. */
	<T> T fold(Function<Account, T> account, Function<Trustline, T> trustline, Function<AccountData, T> data,
			Function<ContractData, T> contract);

	LedgerEntry.LedgerEntryData toXdr();

}
