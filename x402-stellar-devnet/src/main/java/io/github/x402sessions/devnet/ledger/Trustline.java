package io.github.x402sessions.devnet.ledger;

import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.Asset;
import org.stellar.sdk.TrustLineAsset;
import org.stellar.sdk.xdr.Int64;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.TrustLineEntry;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrUnsignedInteger;

/**
 * The trustline of an account for an issued asset.
 *
 * @param account the holder
 * @param asset the issued asset
 * @param balance base units held
 * @param limit base units that may be held
 * @param flags what the issuer lets the holder do
 */
public record Trustline(String account, Asset asset, long balance, long limit, int flags) implements Entry {

	/** The holder may move the asset. */
	public static final int AUTHORIZED = 1;

	/** The holder may only keep what it owes. */
	public static final int MAINTAIN_LIABILITIES = 2;

	/** The issuer may take the asset back. */
	public static final int CLAWBACK = 4;

	public static Trustline opened(String account, Asset asset) {
		return new Trustline(account, asset, 0, Long.MAX_VALUE, AUTHORIZED);
	}

	public Trustline withBalance(long balance) {
		return new Trustline(this.account, this.asset, balance, this.limit, this.flags);
	}

	public Trustline withLimit(long limit) {
		return new Trustline(this.account, this.asset, this.balance, limit, this.flags);
	}

	public Trustline withFlags(int flags) {
		return new Trustline(this.account, this.asset, this.balance, this.limit, flags);
	}

	/** Whether the issuer lets the holder move the asset. */
	public boolean authorized() {
		return (this.flags & AUTHORIZED) != 0;
	}

	@Override
	public EntryKey key() {
		return EntryKey.trustline(this.account, this.asset);
	}

	@Override
	public Kind kind() {
		return Kind.TRUSTLINE;
	}

	@Override
	public LedgerEntry.LedgerEntryData toXdr() {
		return new LedgerEntry.LedgerEntryData.Builder().discriminant(LedgerEntryType.TRUSTLINE)
			.trustLine(new TrustLineEntry.Builder().accountID(Strkeys.accountId(this.account))
				.asset(TrustLineAsset.create(this.asset).toXdr())
				.balance(new Int64(this.balance))
				.limit(new Int64(this.limit))
				.flags(new Uint32(new XdrUnsignedInteger((long) this.flags)))
				.ext(new TrustLineEntry.TrustLineEntryExt.Builder().discriminant(0).build())
				.build())
			.build();
	}

}
