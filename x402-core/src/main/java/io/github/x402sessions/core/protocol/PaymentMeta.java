package io.github.x402sessions.core.protocol;

import java.nio.charset.StandardCharsets;

/**
 * The members of {@code _meta} that payments travel in over MCP, as the x402
 * specification's tool-result binding names them. Each holds the JSON object itself, not
 * a header's encoding of it.
 */
public final class PaymentMeta {

	/** In the parameters of a call: its {@link PaymentPayload}. */
	public static final String PAYMENT = "x402/payment";

	/** In the result of a call: its {@link SettleResponse}. */
	public static final String RESPONSE = "x402/payment-response";

	/** Of a tool in a list: what it costs, a {@link PaymentRequired}. */
	public static final String PRICE = "x402/payment-required";

	private PaymentMeta() {
	}

	/**
	 * Write what such a member holds.
	 * @param message a wire record
	 * @return the text of a JSON object
	 */
	public static String encode(Object message) {
		return new String(WireJson.write(message), StandardCharsets.UTF_8);
	}

	/**
	 * Read what such a member holds.
	 * @param <T> the type of the message
	 * @param json the text of a JSON object
	 * @param type the class of the message
	 * @param maxLength the longest text that is read, characters
	 * @return the message
	 * @throws MalformedMessageException if the text is too long, or not such a message
	 */
	public static <T> T decode(String json, Class<T> type, int maxLength) {
		if (json.length() > maxLength) {
			throw new MalformedMessageException("longer than " + maxLength + " characters");
		}
		return WireJson.readToPassOn(json.getBytes(StandardCharsets.UTF_8), type);
	}

}
