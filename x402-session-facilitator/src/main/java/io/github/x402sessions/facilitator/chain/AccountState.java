package io.github.x402sessions.facilitator.chain;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.LedgerEntry;

/**
 * An account as of one ledger.
 *
 * @param sequence the sequence number that its last transaction had
 * @param ledger the ledger
 */
public record AccountState(long sequence, long ledger) {

	static @Nullable AccountState read(String entry, long ledger) {
		return Xdr.read(entry,
				(base64) -> new AccountState(LedgerEntry.LedgerEntryData.fromXdrBase64(base64)
					.getAccount()
					.getSeqNum()
					.getSequenceNumber()
					.getInt64(), ledger));
	}

}
