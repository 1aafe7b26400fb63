package io.github.x402sessions.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

import org.stellar.sdk.xdr.TransactionResult;
import tools.jackson.databind.JsonNode;

/**
 * Reads the result in a reply of {@code getTransaction} with the SDK, as a client would.
 */
final class ResultXdr {

	private ResultXdr() {
	}

	static long feeCharged(JsonNode reply) {
		return parse(reply.get("resultXdr").asString()).getFeeCharged().getInt64();
	}

	static String successHash(JsonNode reply) {
		return HexFormat.of()
			.formatHex(parse(reply.get("resultXdr").asString()).getResult().getResults()[0].getTr()
				.getInvokeHostFunctionResult()
				.getSuccess()
				.getHash());
	}

	static TransactionResult parse(String base64) {
		try {
			return TransactionResult.fromXdrBase64(base64);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
