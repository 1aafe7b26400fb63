package io.github.x402sessions.facilitator.http;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import jakarta.servlet.ServletRequest;

import org.springframework.web.servlet.function.ServerRequest;

/**
 * The body of a request, which the {@link BodyFilter} has read, by way of the project's
 * own JSON mapper.
 */
final class RequestBody {

	private static final String BODY = RequestBody.class.getName();

	private RequestBody() {
	}

	static void put(ServletRequest request, byte[] body) {
		request.setAttribute(BODY, body);
	}

	/**
	 * Return the body.
	 * @throws MalformedMessageException if it did not arrive as a whole
	 */
	static byte[] bytes(ServerRequest request) {
		return (byte[]) request.attribute(BODY).orElseThrow(() -> new MalformedMessageException("the body broke off"));
	}

	static <T> T read(ServerRequest request, Class<T> type) {
		return WireJson.read(bytes(request), type);
	}

}
