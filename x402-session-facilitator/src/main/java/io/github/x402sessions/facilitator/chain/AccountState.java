package io.github.x402sessions.facilitator.chain;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.AccountEntry;
import org.stellar.sdk.xdr.LedgerEntry;

/**
 * An account as of one ledger.
 *
 * @param sequence the sequence number that its last transaction had
 * @param ledger the ledger
 * @param balance what it holds, stroops
 */
public record AccountState(long sequence, long ledger, long balance) {

	static @Nullable AccountState read(String entry, long ledger) {
		return Xdr.read(entry, (base64) -> {
			AccountEntry account = LedgerEntry.LedgerEntryData.fromXdrBase64(base64).getAccount();
			return new AccountState(account.getSeqNum().getSequenceNumber().getInt64(), ledger,
					account.getBalance().getInt64());
		});
	}

}
