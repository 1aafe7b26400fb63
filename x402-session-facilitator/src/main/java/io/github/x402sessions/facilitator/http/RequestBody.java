package io.github.x402sessions.facilitator.http;

import java.io.IOException;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Reads the body of a request: as many bytes as any honest one has, and through the
 * project's own JSON mapper.
 *
 * @param limit the longest body that is read, bytes
 */
public record RequestBody(int limit) {

	byte[] bytes(ServerRequest request) throws IOException {
		byte[] body = request.servletRequest().getInputStream().readNBytes(this.limit + 1);
		if (body.length > this.limit) {
			throw new MalformedMessageException("the body is longer than " + this.limit + " bytes");
		}
		return body;
	}

	<T> T read(ServerRequest request, Class<T> type) throws IOException {
		return WireJson.read(bytes(request), type);
	}

}
