package io.github.x402sessions.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payment of a call, for the handler of its tool. It is in the request's
 * {@code _meta}, where no client can put one.
 *
 * <pre class="code">
 * Payment payment = ToolPayment.of(request).orElseThrow();
 * payment.charge("0.03");
 * </pre>
 */
public final class ToolPayment {

	private static final String VERIFIED = Payment.class.getName();

	private ToolPayment() {
	}

	/**
	 * Find the payment of a call.
	 * @param request the request that the tool's handler was given
	 * @return the payment, or empty if the call is free
	 */
	public static Optional<Payment> of(CallToolRequest request) {
		return (request.meta() != null && request.meta().get(VERIFIED) instanceof Payment payment)
				? Optional.of(payment) : Optional.empty();
	}

	/**
	 * Find the payment of a call, which is charged step by step from now on. What the
	 * tool has charged by its end is settled as one amount.
	 * @param request the request that the tool's handler was given
	 * @return the payment, or empty if the call is free
	 * @throws IllegalStateException if the payment is settled before the tool runs, or
	 * beside it
	 */
	public static Optional<MeteredPayment> metered(CallToolRequest request) {
		return of(request).map(MeteredPayment::of);
	}

	/** Return what the client has sent as a payment, {@code null} if nothing. */
	static @Nullable Object sent(CallToolRequest request) {
		return (request.meta() != null) ? request.meta().get(PaymentMeta.PAYMENT) : null;
	}

	/** Hide what the client has paid with, and show what was verified of it instead. */
	static CallToolRequest verified(CallToolRequest request, @Nullable Payment payment) {
		Map<String, Object> meta = new LinkedHashMap<>();
		if (request.meta() != null) {
			meta.putAll(request.meta());
		}
		meta.remove(PaymentMeta.PAYMENT);
		meta.remove(VERIFIED);
		if (payment != null) {
			meta.put(VERIFIED, payment);
		}
		return new CallToolRequest(request.name(), request.arguments(), meta.isEmpty() ? null : meta);
	}

}
