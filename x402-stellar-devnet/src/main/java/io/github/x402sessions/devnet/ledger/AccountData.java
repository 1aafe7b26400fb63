package io.github.x402sessions.devnet.ledger;

import java.util.HexFormat;
import io.github.x402sessions.devnet.xdr.Strkeys;
import org.stellar.sdk.xdr.DataEntry;
import org.stellar.sdk.xdr.DataValue;
import org.stellar.sdk.xdr.LedgerEntry;
import org.stellar.sdk.xdr.LedgerEntryType;
import org.stellar.sdk.xdr.String64;
import org.stellar.sdk.xdr.XdrString;

/**
 * A named value of an account.
 *
 * @param account the {@code G…} address
 * @param name printable ASCII
 * @param value its bytes as hexadecimal digits
 */
public record AccountData(String account, String name, String value) implements Entry {

	@Override
	public EntryKey key() {
		return EntryKey.accountData(this.account, this.name);
	}

	@Override
	public Kind kind() {
		return Kind.ACCOUNT_DATA;
	}

	@Override
	public LedgerEntry.LedgerEntryData toXdr() {
		return new LedgerEntry.LedgerEntryData.Builder().discriminant(LedgerEntryType.DATA)
			.data(new DataEntry.Builder().accountID(Strkeys.accountId(this.account))
				.dataName(new String64(new XdrString(this.name)))
				.dataValue(new DataValue(HexFormat.of().parseHex(this.value)))
				.ext(new DataEntry.DataEntryExt.Builder().discriminant(0).build())
				.build())
			.build();
	}

}
