package io.github.x402sessions.devnet.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP answer with a JSON body.
 *
 * @param status the status code
 * @param type the media type
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
record EndpointResponse(int status, String type, byte[] body) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	static EndpointResponse json(byte[] body) {
		return new EndpointResponse(200, "application/json", body);
	}

	static EndpointResponse ok(String type, Map<String, ?> content) {
		return new EndpointResponse(200, type, MAPPER.writeValueAsBytes(content));
	}

	/** A problem as RFC 9457 has it. */
	static EndpointResponse problem(int status, String title, Map<String, ?> more) {
		Map<String, Object> content = new LinkedHashMap<>();
		content.put("title", title);
		content.put("status", status);
		content.putAll(more);
		return new EndpointResponse(status, "application/problem+json", MAPPER.writeValueAsBytes(content));
	}

	void writeTo(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", this.type);
		exchange.sendResponseHeaders(this.status, (this.body.length > 0) ? this.body.length : -1);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(this.body);
		}
	}

}
