package io.github.x402sessions.webflux;

import java.util.List;
import java.util.Locale;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Reads of requests what their payments need to know.
 */
final class ExchangeRequests {

	private ExchangeRequests() {
	}

	/**
	 * Read the payment header. {@code X-PAYMENT} counts only where
	 * {@code PAYMENT-SIGNATURE} is absent: older clients send both.
	 * @throws MalformedMessageException if there are several, or it is not a payment
	 */
	static @Nullable PaymentPayload payment(ServerHttpRequest request, PaymentGate gate) {
		String value = single(request, PaymentHeader.SIGNATURE);
		if (value == null) {
			value = single(request, PaymentHeader.LEGACY_SIGNATURE);
		}
		return (value != null) ? gate.read(value) : null;
	}

	private static @Nullable String single(ServerHttpRequest request, String name) {
		List<String> values = request.getHeaders().getOrEmpty(name);
		if (values.size() > 1) {
			throw new MalformedMessageException("there are several " + name + " headers");
		}
		return values.isEmpty() ? null : values.get(0);
	}

	/**
	 * Hide the payment headers of a request: who holds them can pay with them elsewhere,
	 * and handlers copy headers into logs and to other servers.
	 */
	static ServerHttpRequest withoutPayment(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (!headers.containsHeader(PaymentHeader.SIGNATURE)
				&& !headers.containsHeader(PaymentHeader.LEGACY_SIGNATURE)) {
			return request;
		}
		return request.mutate().headers((all) -> {
			all.remove(PaymentHeader.SIGNATURE);
			all.remove(PaymentHeader.LEGACY_SIGNATURE);
		}).build();
	}

	/**
	 * Whether a request opens a WebSocket or a tunnel: servers answer it past any
	 * response that is held.
	 */
	static boolean changesProtocol(ServerHttpRequest request) {
		return "CONNECT".equalsIgnoreCase(request.getMethod().name()) || request.getHeaders()
			.getOrEmpty(HttpHeaders.UPGRADE)
			.stream()
			.anyMatch((protocol) -> protocol.toLowerCase(Locale.ROOT).contains("websocket"));
	}

	static boolean isBodiless(ServerHttpRequest request) {
		return HttpMethod.HEAD.equals(request.getMethod());
	}

}
