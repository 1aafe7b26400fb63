package io.github.x402sessions.mcp;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.Eventually;
import org.jspecify.annotations.Nullable;

/**
 * A client that writes its requests by hand, as others than the SDK's may.
 *
 * @param port where the server is
 */
record RawHttpClient(int port) {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	/** Open a session. */
	String initialize() throws Exception {
		HttpResponse<String> answer = post("", """
				{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18",
				"capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}}""");
		String session = answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
		post(session, "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}");
		return session;
	}

	/** Write a call, all of them under the same id. */
	static String call(String tool, String arguments, @Nullable Object payment) {
		Map<String, Object> meta = new LinkedHashMap<>();
		if (payment != null) {
			meta.put(PaymentMeta.PAYMENT, payment);
		}
		String json = new String(WireJson.write(meta), StandardCharsets.UTF_8);
		return "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"tools/call\", \"params\": {\"name\": \"%s\", \"arguments\": %s, \"_meta\": %s}}"
			.formatted(tool, arguments, json);
	}

	HttpResponse<String> post(String session, String body) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(url())
			.timeout(Eventually.PATIENCE)
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(BodyPublishers.ofString(body));
		if (!session.isEmpty()) {
			request.header("Mcp-Session-Id", session);
		}
		return CLIENT.send(request.build(), BodyHandlers.ofString());
	}

	/** Send a call and hang up without a look at its answer. */
	void postAndLeave(String session, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.getOutputStream().write("""
					POST /mcp HTTP/1.1\r
					Host: localhost:%d\r
					Content-Type: application/json\r
					Accept: application/json, text/event-stream\r
					Mcp-Session-Id: %s\r
					Content-Length: %d\r
					\r
					""".formatted(this.port, session, bytes.length).getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().write(bytes);
			socket.getOutputStream().flush();
		}
	}

	/** End a session, whatever runs in it. */
	int delete(String session) throws Exception {
		return CLIENT
			.send(HttpRequest.newBuilder(url()).header("Mcp-Session-Id", session).DELETE().build(),
					BodyHandlers.discarding())
			.statusCode();
	}

	private URI url() {
		return URI.create("http://localhost:" + this.port + "/mcp");
	}

}
