package io.github.x402sessions.samples.legacyrun;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;

import com.sun.net.httpserver.HttpServer;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.test.ScriptedFacilitator;

/**
 * A {@link ScriptedFacilitator} over HTTP.
 */
final class FacilitatorServer implements AutoCloseable {

	private final HttpServer server;

	FacilitatorServer(ScriptedFacilitator script) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		answer("/supported", (body) -> script.supported());
		answer("/verify", (body) -> script.verify(WireJson.read(body, FacilitatorRequest.class)));
		answer("/settle", (body) -> script.settle(WireJson.read(body, FacilitatorRequest.class)));
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	private void answer(String path, Function<byte[], Object> answer) {
		this.server.createContext(path, (exchange) -> {
			byte[] body = WireJson.write(answer.apply(exchange.getRequestBody().readAllBytes()));
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
