package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.LocalServer;

/**
 * A {@link ScriptedFacilitator} over HTTP.
 */
final class HttpFacilitator implements AutoCloseable {

	final ScriptedFacilitator script = new ScriptedFacilitator();

	/** What it says of extensions, as JSON. */
	volatile String extensions = "{}";

	private final LocalServer server = new LocalServer(this::answer);

	URI uri() {
		return this.server.uri("");
	}

	private void answer(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		Object answer = switch (exchange.getRequestURI().getPath()) {
			case "/supported" -> this.script.supported();
			case "/verify" -> this.script.verify(WireJson.read(body, FacilitatorRequest.class));
			default -> this.script.settle(WireJson.read(body, FacilitatorRequest.class));
		};
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.getResponseHeaders()
			.set("EXTENSION-RESPONSES",
					Base64.getEncoder().encodeToString(this.extensions.getBytes(StandardCharsets.UTF_8)));
		LocalServer.answer(exchange, 200, WireJson.write(answer));
	}

	@Override
	public void close() {
		this.server.close();
	}

}
