package io.github.x402sessions.servlet.payment;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Requests that ask for another protocol. Containers answer them past any response that a
 * filter holds, and what follows would leave unpaid: they are not sold. What a listener
 * {@link io.github.x402sessions.core.payment.Access#GRANT grants} is served all the same.
 */
public final class ProtocolChange {

	private ProtocolChange() {
	}

	/**
	 * Whether a request opens a WebSocket or a tunnel. Clients that offer HTTP/2
	 * ({@code Upgrade: h2c}) are content with an answer in HTTP/1.1.
	 * @param request the request
	 * @return whether it is refused where it would be charged
	 */
	public static boolean isIn(HttpServletRequest request) {
		return "CONNECT".equalsIgnoreCase(request.getMethod()) || values(request.getHeaders("Upgrade")).stream()
			.anyMatch((protocol) -> protocol.toLowerCase(Locale.ROOT).contains("websocket"));
	}

	private static List<String> values(@Nullable Enumeration<String> values) {
		return (values != null) ? Collections.list(values) : List.of();
	}

}
