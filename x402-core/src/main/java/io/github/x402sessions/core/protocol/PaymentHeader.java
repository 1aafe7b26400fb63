package io.github.x402sessions.core.protocol;

import java.util.Base64;

/**
 * The HTTP headers of x402 and their values: base64 of JSON. Standard base64 with padding
 * is written; standard or URL-safe, padded or not, is read.
 */
public final class PaymentHeader {

	/** Server to client on 402: a {@link PaymentRequired}. */
	public static final String REQUIRED = "PAYMENT-REQUIRED";

	/** Client to server: a {@link PaymentPayload}. */
	public static final String SIGNATURE = "PAYMENT-SIGNATURE";

	/** The name of {@link #SIGNATURE} in older clients. */
	public static final String LEGACY_SIGNATURE = "X-PAYMENT";

	/** Server to client when a payment succeeded or failed: a {@link SettleResponse}. */
	public static final String RESPONSE = "PAYMENT-RESPONSE";

	/** The longest payment header that is read by default, characters. */
	public static final int DEFAULT_MAX_LENGTH = 8 * 1024;

	private PaymentHeader() {
	}

	/**
	 * Write a header value.
	 * @param message a wire record
	 * @return standard base64, padded
	 */
	public static String encode(Object message) {
		return Base64.getEncoder().encodeToString(WireJson.write(message));
	}

	/**
	 * Read a header value.
	 * @param <T> the type of the message
	 * @param value the header's value
	 * @param type the class of the message
	 * @param maxLength the longest value that is read, characters
	 * @return the message
	 * @throws MalformedMessageException if the value is too long, not base64 or not such
	 * a message
	 */
	public static <T> T decode(String value, Class<T> type, int maxLength) {
		if (value.length() > maxLength) {
			throw new MalformedMessageException("longer than " + maxLength + " characters");
		}
		return WireJson.readToPassOn(base64(value.trim()), type);
	}

	private static byte[] base64(String value) {
		if (value.isEmpty()) {
			throw new MalformedMessageException("empty");
		}
		try {
			return Base64.getDecoder().decode(value.replace('-', '+').replace('_', '/'));
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("not base64");
		}
	}

}
