package io.github.x402sessions.devnet.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import io.github.x402sessions.devnet.xdr.Strkeys;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.stellar.sdk.Address;
import org.stellar.sdk.Asset;
import org.stellar.sdk.TrustLineAsset;
import org.stellar.sdk.scval.Scv;
import org.stellar.sdk.xdr.ContractDataDurability;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.LedgerKey;
import org.stellar.sdk.xdr.SCVal;
import org.stellar.sdk.xdr.String64;
import org.stellar.sdk.xdr.XdrString;

/**
 * Names a ledger entry by the bytes of its XDR key. Keys order by these bytes, which is
 * the order of footprints. Immutable.
 */
public final class EntryKey implements Comparable<EntryKey> {

	private final byte[] xdr;

	private EntryKey(byte[] xdr) {
		this.xdr = xdr;
	}

	public static EntryKey of(LedgerKey key) {
		return new EntryKey(XdrCodec.bytes(key::toXdrByteArray));
	}

	public static EntryKey account(String account) {
		return of(new LedgerKey.Builder().discriminant(LedgerEntryType.ACCOUNT)
			.account(new LedgerKey.LedgerKeyAccount.Builder().accountID(Strkeys.accountId(account)).build())
			.build());
	}

	public static EntryKey trustline(String account, Asset asset) {
		return of(new LedgerKey.Builder().discriminant(LedgerEntryType.TRUSTLINE)
			.trustLine(new LedgerKey.LedgerKeyTrustLine.Builder().accountID(Strkeys.accountId(account))
				.asset(TrustLineAsset.create(asset).toXdr())
				.build())
			.build());
	}

	public static EntryKey accountData(String account, String name) {
		return of(new LedgerKey.Builder().discriminant(LedgerEntryType.DATA)
			.data(new LedgerKey.LedgerKeyData.Builder().accountID(Strkeys.accountId(account))
				.dataName(new String64(new XdrString(name)))
				.build())
			.build());
	}

	public static EntryKey contractData(String address, SCVal key, ContractDataDurability durability) {
		return of(new LedgerKey.Builder().discriminant(LedgerEntryType.CONTRACT_DATA)
			.contractData(new LedgerKey.LedgerKeyContractData.Builder().contract(new Address(address).toSCAddress())
				.key(key)
				.durability(durability)
				.build())
			.build());
	}

	/** The entry of a contract itself. */
	public static EntryKey instance(String contract) {
		return contractData(contract, Scv.toLedgerKeyContractInstance(), ContractDataDurability.PERSISTENT);
	}

	/**
	 * Reads a key.
	 * @throws io.github.x402sessions.devnet.xdr.XdrException if the text is none
	 */
	public static EntryKey parse(String base64) {
		return of(XdrCodec.decode(base64, LedgerKey::fromXdrByteArray, LedgerKey::toXdrByteArray));
	}

	public LedgerEntryType type() {
		return toXdr().getDiscriminant();
	}

	/**
	 * Whether the network reads the entry from disk, which is metered: classic entries
	 * are, contract entries live in memory.
	 */
	public boolean onDisk() {
		return type() != LedgerEntryType.CONTRACT_DATA && type() != LedgerEntryType.CONTRACT_CODE;
	}

	/** Whether it names contract data that is archived, not forgotten, in the end. */
	public boolean persistent() {
		LedgerKey key = toXdr();
		return key.getDiscriminant() == LedgerEntryType.CONTRACT_CODE
				|| (key.getDiscriminant() == LedgerEntryType.CONTRACT_DATA
						&& key.getContractData().getDurability() == ContractDataDurability.PERSISTENT);
	}

	public LedgerKey toXdr() {
		try {
			return LedgerKey.fromXdrByteArray(this.xdr);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String toBase64() {
		return XdrCodec.base64(this.xdr);
	}

	@Override
	public int compareTo(EntryKey other) {
		return equals(other) ? 0 : KeyOrder.HOST.compare(toXdr(), other.toXdr());
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof EntryKey key && Arrays.equals(this.xdr, key.xdr);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.xdr);
	}

	@Override
	public String toString() {
		return toBase64();
	}

}
