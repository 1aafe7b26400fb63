package io.github.x402sessions.core.protocol;

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

	private PaymentMeta() {
	}

}
