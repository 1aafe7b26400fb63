package io.github.x402sessions.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.fixtures.LocalServer;

/**
 * A facilitator one of whose calls is answered with 100 MB, made up as they are sent.
 */
public final class EndlessFacilitator implements AutoCloseable {

	private static final int MEGABYTE = 1 << 20;

	private final LocalServer server;

	private final Map<String, Integer> calls = new ConcurrentHashMap<>();

	private final AtomicLong sent = new AtomicLong();

	public EndlessFacilitator(String endlessCall, String supported, String success) {
		this.server = new LocalServer((exchange) -> {
			String path = exchange.getRequestURI().getPath();
			this.calls.merge(path, 1, Integer::sum);
			exchange.getRequestBody().readAllBytes();
			if (path.equals(endlessCall)) {
				sendEndless(exchange);
			}
			else {
				LocalServer.answer(exchange, 200, path.equals("/supported") ? supported : success);
			}
			exchange.close();
		});
	}

	private void sendEndless(HttpExchange exchange) throws IOException {
		byte[] chunk = " ".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream body = exchange.getResponseBody()) {
			for (int i = 0; i < 100; i++) {
				body.write(chunk);
				this.sent.incrementAndGet();
			}
		}
	}

	public URI uri() {
		return this.server.uri("");
	}

	public int calls(String path) {
		return this.calls.getOrDefault(path, 0);
	}

	public long megabytesSent() {
		return this.sent.get();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
