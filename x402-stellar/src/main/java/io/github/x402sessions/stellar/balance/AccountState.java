package io.github.x402sessions.stellar.balance;

import io.github.x402sessions.stellar.xdr.Xdr;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.AccountEntry;
import org.stellar.sdk.xdr.LedgerEntry;

/**
 * An account as of one ledger.
 *
 * @param sequence the sequence number that its last transaction had
 * @param ledger the ledger
 * @param balance what it holds, stroops
 * @param masterWeight the weight of the account's own key; 0 if it signs nothing any more
 * @param mediumThreshold the weight that calls of contracts need
 * @param spendable what it can pay away, stroops
 */
public record AccountState(long sequence, long ledger, long balance, int masterWeight, int mediumThreshold,
		long spendable) {

	private static final int MASTER = 0;

	private static final int MEDIUM = 2;

	/**
	 * Tell whether the account's own key alone may do what it wants with its tokens. A
	 * key that was rotated may not, nor one of several that have to sign together.
	 * @return whether its weight reaches the medium threshold
	 */
	public boolean isOwnKeyEnough() {
		return this.masterWeight > 0 && this.masterWeight >= this.mediumThreshold;
	}

	static @Nullable AccountState read(String entry, long ledger) {
		return Xdr.read(entry, (base64) -> {
			AccountEntry account = LedgerEntry.LedgerEntryData.fromXdrBase64(base64).getAccount();
			return new AccountState(account.getSeqNum().getSequenceNumber().getInt64(), ledger,
					account.getBalance().getInt64(), weight(account, MASTER), weight(account, MEDIUM),
					Balance.account(account).spendable().longValueExact());
		});
	}

	private static int weight(AccountEntry account, int index) {
		return Byte.toUnsignedInt(account.getThresholds().getThresholds()[index]);
	}

}
