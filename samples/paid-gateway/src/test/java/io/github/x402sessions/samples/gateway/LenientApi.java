package io.github.x402sessions.samples.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An API behind the gateway that answers whatever it is asked for and remembers that.
 */
final class LenientApi implements AutoCloseable {

	final List<Headers> received = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	LenientApi() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.received.add(exchange.getRequestHeaders());
		byte[] body = "goods".getBytes(StandardCharsets.UTF_8);
		boolean fails = exchange.getRequestURI().getPath().equals("/api/broken");
		exchange.sendResponseHeaders(fails ? 500 : 200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
