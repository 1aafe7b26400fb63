package io.github.x402sessions.devnet.ledger;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

import io.github.x402sessions.devnet.xdr.Strkeys;
import io.github.x402sessions.devnet.xdr.XdrCodec;
import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.AccountEntry;
import org.stellar.sdk.xdr.AccountEntryExtensionV3;
import org.stellar.sdk.xdr.Asset;
import org.stellar.sdk.xdr.ContractDataEntry;
import org.stellar.sdk.xdr.DataEntry;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.Signer;
import org.stellar.sdk.xdr.TrustLineEntry;
import org.stellar.sdk.xdr.Uint32;
import org.stellar.sdk.xdr.XdrString;

/**
 * Reads back the entries that this network wrote as XDR.
 */
public final class EntryReader {

	private static final int BYTE = 0xff;

	private EntryReader() {
	}

	/**
	 * Reads an entry.
	 * @param xdr a {@code LedgerEntry}, base64 XDR
	 * @param liveUntil the last ledger in which it lives
	 * @throws io.github.x402sessions.devnet.xdr.XdrException if it is none
	 */
	public static StoredEntry read(String xdr, long liveUntil) {
		LedgerEntry read = XdrCodec.decode(xdr, LedgerEntry::fromXdrByteArray, LedgerEntry::toXdrByteArray);
		Entry entry = switch (read.getData().getDiscriminant()) {
			case ACCOUNT -> account(read.getData().getAccount());
			case TRUSTLINE -> trustline(read.getData().getTrustLine());
			case DATA -> note(read.getData().getData());
			case CONTRACT_DATA -> data(read.getData().getContractData());
			default -> throw new IllegalArgumentException("no entry of this network: " + read.getData());
		};
		return new StoredEntry(entry, number(read.getLastModifiedLedgerSeq()), liveUntil);
	}

	private static Account account(AccountEntry read) {
		byte[] thresholds = read.getThresholds().getThresholds();
		Map<String, Integer> signers = new HashMap<>();
		for (Signer signer : read.getSigners()) {
			signers.put(Authority.name(signer.getKey()), (int) number(signer.getWeight()));
		}
		Authority authority = new Authority(thresholds[0] & BYTE, thresholds[1] & BYTE, thresholds[2] & BYTE,
				thresholds[3] & BYTE, signers, (int) number(read.getFlags()));
		return new Account(Strkeys.of(read.getAccountID()), read.getBalance().getInt64(),
				read.getSeqNum().getSequenceNumber().getInt64(), (int) number(read.getNumSubEntries()), authority,
				lastUse(read), text(read.getHomeDomain().getString32()));
	}

	private static Account.@Nullable LastUse lastUse(AccountEntry read) {
		if (read.getExt().getV1() == null) {
			return null;
		}
		AccountEntryExtensionV3 third = read.getExt().getV1().getExt().getV2().getExt().getV3();
		return new Account.LastUse(number(third.getSeqLedger()),
				third.getSeqTime().getTimePoint().getUint64().getNumber().longValueExact());
	}

	private static Trustline trustline(TrustLineEntry read) {
		Asset asset = new Asset.Builder().discriminant(read.getAsset().getDiscriminant())
			.alphaNum4(read.getAsset().getAlphaNum4())
			.alphaNum12(read.getAsset().getAlphaNum12())
			.build();
		return new Trustline(Strkeys.of(read.getAccountID()), org.stellar.sdk.Asset.fromXdr(asset),
				read.getBalance().getInt64(), read.getLimit().getInt64(), (int) number(read.getFlags()));
	}

	private static AccountData note(DataEntry read) {
		return new AccountData(Strkeys.of(read.getAccountID()), text(read.getDataName().getString64()),
				HexFormat.of().formatHex(read.getDataValue().getDataValue()));
	}

	private static String text(XdrString read) {
		return new String(read.getBytes(), StandardCharsets.US_ASCII);
	}

	private static ContractData data(ContractDataEntry read) {
		return new ContractData(Strkeys.of(read.getContract()), read.getKey(), read.getDurability(), read.getVal());
	}

	private static long number(Uint32 value) {
		return value.getUint32().getNumber();
	}

}
