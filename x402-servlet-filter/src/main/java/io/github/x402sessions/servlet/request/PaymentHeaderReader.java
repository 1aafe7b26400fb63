package io.github.x402sessions.servlet.request;

import java.util.Enumeration;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payment header of a request. {@code X-PAYMENT} counts only where
 * {@code PAYMENT-SIGNATURE} is absent: older clients send both.
 */
public final class PaymentHeaderReader {

	private final PaymentGate gate;

	public PaymentHeaderReader(PaymentGate gate) {
		this.gate = gate;
	}

	/**
	 * Read the header.
	 * @param request the request
	 * @return the payment, or {@code null} if there is none
	 * @throws MalformedMessageException if there are several, or it is not a payment
	 */
	public @Nullable PaymentPayload read(HttpServletRequest request) {
		String value = single(request, PaymentHeader.SIGNATURE);
		if (value == null) {
			value = single(request, PaymentHeader.LEGACY_SIGNATURE);
		}
		return (value != null) ? this.gate.read(value) : null;
	}

	private static @Nullable String single(HttpServletRequest request, String name) {
		Enumeration<String> values = RequestWithoutPayment.received(request).getHeaders(name);
		if (values == null || !values.hasMoreElements()) {
			return null;
		}
		String value = values.nextElement();
		if (values.hasMoreElements()) {
			throw new MalformedMessageException("there are several " + name + " headers");
		}
		return value;
	}

}
