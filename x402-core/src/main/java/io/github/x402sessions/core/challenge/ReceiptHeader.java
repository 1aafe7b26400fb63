package io.github.x402sessions.core.challenge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.jspecify.annotations.Nullable;

/**
 * The {@code PAYMENT-RESPONSE} header. A facilitator decides how much is in it, but
 * containers drop an answer whose headers are too large: what is not known goes first,
 * then the extensions, those of the server last, and then the message.
 */
public final class ReceiptHeader {

	/** Half of what containers send by default. */
	static final int MAX_LENGTH = 4 * 1024;

	/** Next to a challenge there is less room. */
	static final int MAX_LENGTH_OF_FAILURE = 1024;

	private ReceiptHeader() {
	}

	public static void set(OwnAnswer answer, SettleResponse receipt) {
		answer.set(PaymentHeader.RESPONSE, encode(receipt, receipt.success() ? MAX_LENGTH : MAX_LENGTH_OF_FAILURE));
	}

	private static String encode(SettleResponse full, int maxLength) {
		String whole = PaymentHeader.encode(full);
		if (whole.length() <= maxLength) {
			return whole;
		}
		SettleResponse brief = new SettleResponse(full.success(), full.errorReason(), null, full.payer(),
				full.transaction(), full.network(), full.amount(), null);
		return shorter(full).map(PaymentHeader::encode)
			.filter((value) -> value.length() <= maxLength)
			.findFirst()
			.orElseGet(() -> PaymentHeader.encode(brief));
	}

	/** The server adds its extensions to the facilitator's. */
	private static Stream<SettleResponse> shorter(SettleResponse full) {
		SettleResponse known = new SettleResponse(full.success(), full.errorReason(), full.errorMessage(), full.payer(),
				full.transaction(), full.network(), full.amount(), full.extensions());
		List<Map.Entry<String, @Nullable Object>> extensions = (full.extensions() != null)
				? List.copyOf(full.extensions().entrySet()) : List.of();
		return IntStream.rangeClosed(0, extensions.size()).mapToObj((left) -> {
			Map<String, @Nullable Object> rest = new LinkedHashMap<>();
			extensions.subList(left, extensions.size()).forEach((kept) -> rest.put(kept.getKey(), kept.getValue()));
			return known.withExtensions(rest.isEmpty() ? null : rest);
		});
	}

}
