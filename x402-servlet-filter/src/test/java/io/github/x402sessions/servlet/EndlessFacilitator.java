package io.github.x402sessions.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A facilitator one of whose calls is answered with 100 MB, made up as they are sent.
 */
final class EndlessFacilitator implements AutoCloseable {

	private static final int MEGABYTE = 1 << 20;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Map<String, Integer> calls = new ConcurrentHashMap<>();

	private final AtomicLong sent = new AtomicLong();

	EndlessFacilitator(String endlessCall, String supported, String success) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", (exchange) -> {
			String path = exchange.getRequestURI().getPath();
			this.calls.merge(path, 1, Integer::sum);
			exchange.getRequestBody().readAllBytes();
			if (path.equals(endlessCall)) {
				sendEndless(exchange);
			}
			else {
				byte[] body = (path.equals("/supported") ? supported : success).getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(200, body.length);
				exchange.getResponseBody().write(body);
			}
			exchange.close();
		});
		this.server.start();
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

	URI uri() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	int calls(String path) {
		return this.calls.getOrDefault(path, 0);
	}

	long megabytesSent() {
		return this.sent.get();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
