package io.github.x402sessions.servlet;

import java.util.Enumeration;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payment header of a request. {@code X-PAYMENT} counts only where
 * {@code PAYMENT-SIGNATURE} is absent: older clients send both.
 */
final class PaymentHeaderReader {

	/**
	 * Read the header.
	 * @param request the request
	 * @return the header's value, or {@code null} if there is none
	 * @throws MalformedMessageException if there are several
	 */
	@Nullable String read(HttpServletRequest request) {
		String value = single(request, PaymentHeader.SIGNATURE);
		return (value != null) ? value : single(request, PaymentHeader.LEGACY_SIGNATURE);
	}

	private static @Nullable String single(HttpServletRequest request, String name) {
		Enumeration<String> values = request.getHeaders(name);
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
