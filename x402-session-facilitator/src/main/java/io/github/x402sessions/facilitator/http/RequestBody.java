package io.github.x402sessions.facilitator.http;

import java.io.IOException;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Reads the body of a request: as many bytes as any honest one has, and through the
 * project's own JSON mapper.
 */
final class RequestBody {

	/** The longest body that is read, bytes. */
	static final int LIMIT = 64 * 1024;

	private RequestBody() {
	}

	static byte[] bytes(ServerRequest request) throws IOException {
		byte[] body = request.servletRequest().getInputStream().readNBytes(LIMIT + 1);
		if (body.length > LIMIT) {
			throw new MalformedMessageException("the body is longer than " + LIMIT + " bytes");
		}
		return body;
	}

	static <T> T read(ServerRequest request, Class<T> type) throws IOException {
		return WireJson.read(bytes(request), type);
	}

}
