package io.github.x402sessions.devnet.ledger;

import java.math.BigInteger;
import java.util.Arrays;
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
 * An account entry.
 *
 * @param id the {@code G…} address
 * @param balance lumens in stroops
 * @param sequence the sequence number last used
 * @param subEntries how many entries raise its reserve
 * @param authority who may act for it, and what it asks of those who hold its assets
 * @param lastUse when the sequence number was last used, if it was
 * @param homeDomain where more about it is found; empty for nowhere
 */
public record Account(String id, long balance, long sequence, int subEntries, Authority authority,
		@Nullable LastUse lastUse, String homeDomain) implements Entry {

	/** Stroops that each entry of an account locks. */
	public static final long BASE_RESERVE = 5_000_000;

	/** The sequence number of an account that is opened in a ledger. */
	public static long firstSequence(long ledger) {
		return ledger << 32;
	}

	public static Account opened(String id, long balance, long ledger) {
		return new Account(id, balance, firstSequence(ledger), 0, Authority.MASTER_ONLY, null, "");
	}

	public long minimumBalance() {
		return (2L + this.subEntries) * BASE_RESERVE;
	}

	/** Stroops that can be spent without touching the reserve. */
	public long spendable() {
		return Math.max(0, this.balance - minimumBalance());
	}

	public Account withBalance(long balance) {
		return new Account(this.id, balance, this.sequence, this.subEntries, this.authority, this.lastUse,
				this.homeDomain);
	}

	public Account withSubEntries(int subEntries) {
		return new Account(this.id, this.balance, this.sequence, subEntries, this.authority, this.lastUse,
				this.homeDomain);
	}

	public Account withAuthority(Authority authority) {
		return new Account(this.id, this.balance, this.sequence, this.subEntries, authority, this.lastUse,
				this.homeDomain);
	}

	public Account withHomeDomain(String homeDomain) {
		return new Account(this.id, this.balance, this.sequence, this.subEntries, this.authority, this.lastUse,
				homeDomain);
	}

	public Account used(long sequence, long ledger, long closeTime) {
		return new Account(this.id, this.balance, sequence, this.subEntries, this.authority,
				new LastUse(ledger, closeTime), this.homeDomain);
	}

	@Override
	public EntryKey key() {
		return EntryKey.account(this.id);
	}

	@Override
	public Kind kind() {
		return Kind.ACCOUNT;
	}

	@Override
	public LedgerEntry.LedgerEntryData toXdr() {
		return new LedgerEntry.LedgerEntryData.Builder().discriminant(LedgerEntryType.ACCOUNT)
			.account(new AccountEntry.Builder().accountID(Strkeys.accountId(this.id))
				.balance(new Int64(this.balance))
				.seqNum(new SequenceNumber(new Int64(this.sequence)))
				.numSubEntries(uint32(this.subEntries))
				.flags(uint32(this.authority.flags()))
				.homeDomain(new String32(new XdrString(this.homeDomain)))
				.thresholds(new Thresholds(this.authority.thresholds()))
				.signers(this.authority.toXdr())
				.ext((this.lastUse != null) ? this.lastUse.toXdr(this.authority.signers().size())
						: new AccountEntry.AccountEntryExt.Builder().discriminant(0).build())
				.build())
			.build();
	}

	private static Uint32 uint32(long value) {
		return new Uint32(new XdrUnsignedInteger(value));
	}

	/**
	 * The last use of a sequence number by an account.
	 *
	 * @param ledger the ledger's sequence number
	 * @param closeTime that ledger's close time in seconds since 1970
	 */
	public record LastUse(long ledger, long closeTime) {

		AccountEntry.AccountEntryExt toXdr(int signers) {
			AccountEntryExtensionV3 third = new AccountEntryExtensionV3.Builder()
				.ext(new ExtensionPoint.Builder().discriminant(0).build())
				.seqLedger(uint32(this.ledger))
				.seqTime(new TimePoint(new Uint64(new XdrUnsignedHyperInteger(BigInteger.valueOf(this.closeTime)))))
				.build();
			AccountEntryExtensionV2 second = new AccountEntryExtensionV2.Builder().numSponsored(uint32(0))
				.numSponsoring(uint32(0))
				.signerSponsoringIDs(unsponsored(signers))
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

		private static SponsorshipDescriptor[] unsponsored(int signers) {
			SponsorshipDescriptor[] nobody = new SponsorshipDescriptor[signers];
			Arrays.setAll(nobody, (i) -> new SponsorshipDescriptor());
			return nobody;
		}

	}

}
