package io.github.x402sessions.devnet.ledger;

import org.stellar.sdk.xdr.LedgerEntry;

/**
 * A ledger entry of one of the kinds this network keeps.
 */
public sealed interface Entry permits Account, Trustline, AccountData, ContractData {

	EntryKey key();

	LedgerEntry.LedgerEntryData toXdr();

}
