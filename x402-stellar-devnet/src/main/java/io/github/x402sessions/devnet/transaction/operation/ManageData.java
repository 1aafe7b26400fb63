package io.github.x402sessions.devnet.transaction.operation;

import java.util.HexFormat;

import io.github.x402sessions.devnet.ledger.AccountData;
import io.github.x402sessions.devnet.ledger.EntryKey;
import io.github.x402sessions.devnet.ledger.LedgerDraft;
import org.stellar.sdk.xdr.ManageDataOp;
import org.stellar.sdk.xdr.XdrString;

/**
 * Sets or removes a named value of the source.
 */
final class ManageData {

	private static final int NAME_NOT_FOUND = -2;

	private static final int LOW_RESERVE = -3;

	private static final int INVALID_NAME = -4;

	private ManageData() {
	}

	static int check(ManageDataOp operation) {
		XdrString name = operation.getDataName().getString64();
		return (name.getBytes().length == 0 || !PrintableText.isValid(name)) ? INVALID_NAME : 0;
	}

	static int apply(ManageDataOp operation, String source, LedgerDraft draft) {
		String name = PrintableText.of(operation.getDataName().getString64());
		EntryKey key = EntryKey.accountData(source, name);
		boolean known = draft.find(key) != null;
		if (operation.getDataValue() == null) {
			if (!known) {
				return NAME_NOT_FOUND;
			}
			draft.remove(key);
			SubEntries.remove(source, draft);
			return 0;
		}
		if (!known && !SubEntries.add(source, draft)) {
			return LOW_RESERVE;
		}
		draft.put(new AccountData(source, name, HexFormat.of().formatHex(operation.getDataValue().getDataValue())));
		return 0;
	}

}
