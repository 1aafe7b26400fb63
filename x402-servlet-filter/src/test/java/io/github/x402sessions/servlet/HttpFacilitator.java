package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

import com.sun.net.httpserver.HttpServer;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;

/**
 * A {@link ScriptedFacilitator} over HTTP.
 */
final class HttpFacilitator implements AutoCloseable {

	final ScriptedFacilitator script = new ScriptedFacilitator();

	/** What it says of extensions, as JSON. */
	volatile String extensions = "{}";

	private final HttpServer server;

	HttpFacilitator() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		answer("/supported", (body) -> this.script.supported());
		answer("/verify", (body) -> this.script.verify(WireJson.read(body, FacilitatorRequest.class)));
		answer("/settle", (body) -> this.script.settle(WireJson.read(body, FacilitatorRequest.class)));
		this.server.start();
	}

	URI uri() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	private void answer(String path, Function<byte[], Object> answer) {
		this.server.createContext(path, (exchange) -> {
			byte[] body = WireJson.write(answer.apply(exchange.getRequestBody().readAllBytes()));
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.getResponseHeaders()
				.set("EXTENSION-RESPONSES",
						Base64.getEncoder().encodeToString(this.extensions.getBytes(StandardCharsets.UTF_8)));
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
