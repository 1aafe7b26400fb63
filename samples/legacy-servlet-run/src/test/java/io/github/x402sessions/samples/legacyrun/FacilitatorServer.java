package io.github.x402sessions.samples.legacyrun;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.LocalServer;
import io.github.x402sessions.test.ScriptedFacilitator;

/**
 * A {@link ScriptedFacilitator} over HTTP.
 */
final class FacilitatorServer implements AutoCloseable {

	private final LocalServer server;

	FacilitatorServer(ScriptedFacilitator script) {
		this.server = new LocalServer((exchange) -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			LocalServer.answer(exchange, 200, WireJson.write(switch (exchange.getRequestURI().getPath()) {
				case "/supported" -> script.supported();
				case "/verify" -> script.verify(WireJson.read(body, FacilitatorRequest.class));
				default -> script.settle(WireJson.read(body, FacilitatorRequest.class));
			}));
		});
	}

	String url() {
		return this.server.uri("").toString();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
