package io.github.x402sessions.devnet.transaction.operation;

import java.nio.charset.StandardCharsets;

import org.stellar.sdk.xdr.XdrString;

/**
 * Texts that the protocol accepts in the ledger: ASCII without control characters.
 */
final class PrintableText {

	private PrintableText() {
	}

	static boolean isValid(XdrString text) {
		for (byte character : text.getBytes()) {
			if (character < 0 || Character.isISOControl(character)) {
				return false;
			}
		}
		return true;
	}

	static String of(XdrString text) {
		return new String(text.getBytes(), StandardCharsets.US_ASCII);
	}

}
