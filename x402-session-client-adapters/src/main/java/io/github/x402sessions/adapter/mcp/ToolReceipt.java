package io.github.x402sessions.adapter.mcp;

import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.client.payment.PaymentReceipt;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.modelcontextprotocol.spec.McpSchema;

/**
 * Finds the receipt in the result of a tool.
 */
public final class ToolReceipt {

	private ToolReceipt() {
	}

	/**
	 * Read the receipt of a result.
	 * @param result what a tool answered
	 * @return the server's word about the payment, or empty if there is none that can be
	 * read
	 */
	public static Optional<PaymentReceipt> of(McpSchema.CallToolResult result) {
		return (result.meta() != null && result.meta().get(PaymentMeta.RESPONSE) instanceof Map<?, ?> receipt)
				? PaymentReceipt.read(receipt) : Optional.empty();
	}

}
