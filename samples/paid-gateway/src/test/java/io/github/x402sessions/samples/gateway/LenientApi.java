package io.github.x402sessions.samples.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.LocalServer;

/**
 * An API behind the gateway that answers whatever it is asked for and remembers that.
 */
final class LenientApi implements AutoCloseable {

	final List<Headers> received = new CopyOnWriteArrayList<>();

	/** What it was asked for, as it was spelt. */
	final List<String> targets = new CopyOnWriteArrayList<>();

	/** The second part of a stream is sent once this is open. */
	volatile CountDownLatch second = new CountDownLatch(0);

	private final LocalServer server = new LocalServer(this::answer);

	private void answer(HttpExchange exchange) throws IOException {
		this.received.add(exchange.getRequestHeaders());
		this.targets.add(exchange.getRequestURI().toString());
		exchange.getRequestBody().readAllBytes();
		String path = exchange.getRequestURI().getPath();
		if (path.contains("/stream/")) {
			stream(exchange, path.endsWith("/events") ? "text/event-stream" : "application/x-ndjson");
			return;
		}
		if (path.endsWith("/cached")) {
			exchange.getResponseHeaders().add("Cache-Control", "public, max-age=600");
			exchange.getResponseHeaders().add("CDN-Cache-Control", "max-age=600");
			exchange.getResponseHeaders().add("Surrogate-Control", "max-age=600");
			exchange.getResponseHeaders().add("X-Accel-Expires", "600");
			exchange.getResponseHeaders().add("Expires", "Thu, 31 Dec 2099 23:59:59 GMT");
		}
		exchange.getResponseHeaders().add("Content-Type", "text/plain");
		LocalServer.answer(exchange, path.equals("/api/broken") ? 500 : 200,
				"goods".repeat(1000).substring(0, path.endsWith("/long") ? 5000 : 5));
	}

	private void stream(HttpExchange exchange, String type) throws IOException {
		exchange.getResponseHeaders().add("Content-Type", type);
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write("data: first\n\n".getBytes(StandardCharsets.US_ASCII));
			body.flush();
			Eventually.opens(this.second);
			body.write("data: second\n\n".getBytes(StandardCharsets.US_ASCII));
		}
	}

	void forget() {
		this.received.clear();
		this.targets.clear();
	}

	String url() {
		return this.server.uri("").toString();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
