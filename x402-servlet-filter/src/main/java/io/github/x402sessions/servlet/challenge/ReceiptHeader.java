package io.github.x402sessions.servlet.challenge;

import java.util.List;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The {@code PAYMENT-RESPONSE} header. A facilitator decides how much is in it, but
 * containers drop an answer whose headers are too large: extensions and what is not known
 * go first, then the message.
 */
public final class ReceiptHeader {

	/** Half of what containers send by default. */
	static final int MAX_LENGTH = 4 * 1024;

	/** Next to a challenge there is less room. */
	static final int MAX_LENGTH_OF_FAILURE = 1024;

	private ReceiptHeader() {
	}

	public static void set(HttpServletResponse response, SettleResponse receipt) {
		response.setHeader(PaymentHeader.RESPONSE,
				encode(receipt, receipt.success() ? MAX_LENGTH : MAX_LENGTH_OF_FAILURE));
	}

	private static String encode(SettleResponse full, int maxLength) {
		SettleResponse plain = new SettleResponse(full.success(), full.errorReason(), full.errorMessage(), full.payer(),
				full.transaction(), full.network(), full.amount(), null);
		SettleResponse brief = new SettleResponse(full.success(), full.errorReason(), null, full.payer(),
				full.transaction(), full.network(), full.amount(), null);
		return List.of(full, plain)
			.stream()
			.map(PaymentHeader::encode)
			.filter((value) -> value.length() <= maxLength)
			.findFirst()
			.orElseGet(() -> PaymentHeader.encode(brief));
	}

}
