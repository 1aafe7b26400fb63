package io.github.x402sessions.devnet.ledger;

import java.math.BigInteger;

import io.github.x402sessions.devnet.xdr.Strkeys;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.AccountEntry;
import org.stellar.sdk.xdr.AccountEntryExtensionV1;
import org.stellar.sdk.xdr.AccountEntryExtensionV2;
import org.stellar.sdk.xdr.AccountEntryExtensionV3;
import org.stellar.sdk.xdr.ExtensionPoint;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.Liabilities;
import org.stellar.sdk.xdr.SequenceNumber;
import org.stellar.sdk.xdr.Signer;
import org.stellar.sdk.xdr.SponsorshipDescriptor;
import org.stellar.sdk.xdr.String32;
import org.stellar.sdk.xdr.Thresholds;
import org.stellar.sdk.xdr.TimePoint;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.Uint64;
import org.stellar.sdk.xdr.XdrString;
import org.stellar.sdk.xdr.XdrUnsignedHyperInteger;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * An account.
 *
 * @param id the {@code G…} address
 * @param balance lumens in stroops
 * @param sequence the sequence number last used
 * @param subEntries how many entries raise its reserve
 * @param weights the weights of the master key and of the thresholds
 * @param lastUse when the sequence number was last used, if it was
 */
public record Account(String id, long balance, long sequence, int subEntries, Weights weights,
		@Nullable LastUse lastUse) implements Entry {

	/** Stroops that each entry of an account locks. */
	public static final long BASE_RESERVE = 5_000_000;

	public static Account opened(String id, long balance, long ledger) {
		return new Account(id, balance, ledger << 32, 0, Weights.MASTER_ONLY, null);
	}

	public long minimumBalance() {
		return (2L + this.subEntries) * BASE_RESERVE;
	}

	/** Stroops that can be spent without touching the reserve. */
	public long spendable() {
		return Math.max(0, this.balance - minimumBalance());
	}

	public Account withBalance(long balance) {
		return new Account(this.id, balance, this.sequence, this.subEntries, this.weights, this.lastUse);
	}

	public Account withSubEntries(int subEntries) {
		return new Account(this.id, this.balance, this.sequence, subEntries, this.weights, this.lastUse);
	}

	public Account used(long sequence, long ledger, long closeTime) {
		return new Account(this.id, this.balance, sequence, this.subEntries, this.weights,
				new LastUse(ledger, closeTime));
	}

	@Override
	public EntryKey key() {
		return EntryKey.account(this.id);
	}

	@Override
	public LedgerEntry.LedgerEntryData toXdr() {
		return new LedgerEntry.LedgerEntryData.Builder().discriminant(LedgerEntryType.ACCOUNT)
			.account(new AccountEntry.Builder().accountID(Strkeys.accountId(this.id))
				.balance(new Int64(this.balance))
				.seqNum(new SequenceNumber(new Int64(this.sequence)))
				.numSubEntries(uint32(this.subEntries))
				.flags(uint32(0))
				.homeDomain(new String32(new XdrString("")))
				.thresholds(new Thresholds(this.weights.toBytes()))
				.signers(new Signer[0])
				.ext((this.lastUse != null) ? this.lastUse.toXdr()
						: new AccountEntry.AccountEntryExt.Builder().discriminant(0).build())
				.build())
			.build();
	}

	private static Uint32 uint32(long value) {
		return new Uint32(new XdrUnsignedInteger(value));
	}

	/**
	 * The weight of the master key and the thresholds that signatures must reach, each
	 * 0–255.
	 *
	 * @param master the weight of the account's own key
	 * @param low the threshold to be a transaction's source
	 * @param medium the threshold of the operations known here
	 * @param high the threshold to change signers
	 */
	public record Weights(int master, int low, int medium, int high) {

		public static final Weights MASTER_ONLY = new Weights(1, 0, 0, 0);

		byte[] toBytes() {
			return new byte[] { (byte) this.master, (byte) this.low, (byte) this.medium, (byte) this.high };
		}

	}

	/**
	 * When an account last used a sequence number.
	 *
	 * @param ledger the ledger's sequence number
	 * @param closeTime that ledger's close time in seconds since 1970
	 */
	public record LastUse(long ledger, long closeTime) {

		AccountEntry.AccountEntryExt toXdr() {
			AccountEntryExtensionV3 third = new AccountEntryExtensionV3.Builder()
				.ext(new ExtensionPoint.Builder().discriminant(0).build())
				.seqLedger(uint32(this.ledger))
				.seqTime(new TimePoint(new Uint64(new XdrUnsignedHyperInteger(BigInteger.valueOf(this.closeTime)))))
				.build();
			AccountEntryExtensionV2 second = new AccountEntryExtensionV2.Builder().numSponsored(uint32(0))
				.numSponsoring(uint32(0))
				.signerSponsoringIDs(new SponsorshipDescriptor[0])
				.ext(new AccountEntryExtensionV2.AccountEntryExtensionV2Ext.Builder().discriminant(3).v3(third).build())
				.build();
			AccountEntryExtensionV1 first = new AccountEntryExtensionV1.Builder()
				.liabilities(new Liabilities.Builder().buying(new Int64(0L)).selling(new Int64(0L)).build())
				.ext(new AccountEntryExtensionV1.AccountEntryExtensionV1Ext.Builder().discriminant(2)
					.v2(second)
					.build())
				.build();
			return new AccountEntry.AccountEntryExt.Builder().discriminant(1).v1(first).build();
		}

	}

}
