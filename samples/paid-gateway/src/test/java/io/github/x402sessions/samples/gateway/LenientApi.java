package io.github.x402sessions.samples.gateway;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.fixtures.LocalServer;

/**
 * An API behind the gateway that answers whatever it is asked for and remembers that.
 */
final class LenientApi implements AutoCloseable {

	final List<Headers> received = new CopyOnWriteArrayList<>();

	private final LocalServer server = new LocalServer(this::answer);

	private void answer(HttpExchange exchange) throws IOException {
		this.received.add(exchange.getRequestHeaders());
		boolean fails = exchange.getRequestURI().getPath().equals("/api/broken");
		LocalServer.answer(exchange, fails ? 500 : 200, "goods");
	}

	String url() {
		return this.server.uri("").toString();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
