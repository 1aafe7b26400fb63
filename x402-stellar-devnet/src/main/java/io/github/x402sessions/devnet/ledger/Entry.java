package io.github.x402sessions.devnet.ledger;

import org.stellar.sdk.xdr.LedgerEntry;

/**
 * A ledger entry of one of the kinds this network keeps.
 */
public sealed interface Entry permits Account, Trustline, AccountData, ContractData {

	EntryKey key();

	Kind kind();

	LedgerEntry.LedgerEntryData toXdr();

	/** The kinds of entries. */
	enum Kind {

		/** An account. */
		ACCOUNT,

		/** The balance of an account in an asset. */
		TRUSTLINE,

		/** Data that an account keeps. */
		ACCOUNT_DATA,

		/** Data that a contract keeps. */
		CONTRACT_DATA

	}

}
