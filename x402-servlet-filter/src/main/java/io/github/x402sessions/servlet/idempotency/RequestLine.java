package io.github.x402sessions.servlet.idempotency;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.purchase.RequestHash;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a request what tells it from another one.
 */
public final class RequestLine {

	private RequestLine() {
	}

	/**
	 * Hash a request and the terms that it is paid on, as far as they say what is paid.
	 */
	public static String hash(HttpServletRequest request, PaymentRequirements accepted) {
		return RequestHash.of(
				new RequestHash.Line(request.getMethod(), request.getServerName(), request.getRequestURI(),
						request.getQueryString(), request.getRemoteUser(), request.getContentLengthLong()),
				(name) -> values(request.getHeaders(name)), accepted);
	}

	private static List<String> values(@Nullable Enumeration<String> values) {
		return (values != null) ? Collections.list(values) : List.of();
	}

}
