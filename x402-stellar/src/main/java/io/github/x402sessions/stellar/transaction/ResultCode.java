package io.github.x402sessions.stellar.transaction;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.stellar.sdk.xdr.TransactionResult;

/**
 * Names why the network did not apply a transaction.
 */
public final class ResultCode {

	private ResultCode() {
	}

	/** The code's name, such as {@code txBAD_SEQ}; codes newer than the SDK have none. */
	public static String name(@Nullable String resultXdr) {
		if (resultXdr == null) {
			return "no reason given";
		}
		try {
			return TransactionResult.fromXdrBase64(resultXdr).getResult().getDiscriminant().name();
		}
		catch (IOException | RuntimeException ex) {
			return "a reason unknown here";
		}
	}

}
