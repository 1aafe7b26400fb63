package io.github.x402sessions.devnet.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, read up to a limit.
 *
 * @param method the method
 * @param path the path
 * @param query the raw query, if any
 * @param body the body
 * @param tooLarge whether the body went on after its limit
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record EndpointRequest(String method, String path, @Nullable String query, byte[] body, boolean tooLarge) {

	/** The largest body that is read, in bytes. */
	static final int LIMIT = 512 * 1024;

	static EndpointRequest read(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readNBytes(LIMIT + 1);
		return new EndpointRequest(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
				exchange.getRequestURI().getRawQuery(), body, body.length > LIMIT);
	}

	/** A parameter of the query or, failing that, of a form in the body. */
	@Nullable String parameter(String name) {
		Map<String, String> parameters = new HashMap<>();
		collect(new String(this.body, StandardCharsets.UTF_8), parameters);
		collect(this.query, parameters);
		return parameters.get(name);
	}

	private static void collect(@Nullable String encoded, Map<String, String> parameters) {
		for (String pair : ((encoded != null) ? encoded : "").split("&", -1)) {
			int equals = pair.indexOf('=');
			if (equals > 0) {
				parameters.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
			}
		}
	}

	private static String decode(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

}
