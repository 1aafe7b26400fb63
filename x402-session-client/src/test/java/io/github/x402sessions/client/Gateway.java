package io.github.x402sessions.client;

import java.net.URI;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

/**
 * Another way to a server, which a test can close.
 */
final class Gateway implements AutoCloseable {

	private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final URI target;

	private Gateway(URI target) {
		this.target = target;
	}

	static Gateway to(URI target) {
		Gateway gateway = new Gateway(target);
		gateway.server.start();
		gateway.open();
		return gateway;
	}

	void open() {
		this.server.stubFor(WireMock.any(WireMock.anyUrl())
			.willReturn(aResponse().proxiedFrom(this.target.resolve("/").toString().replaceAll("/$", ""))));
	}

	void refuse() {
		this.server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(aResponse().withStatus(503)));
	}

	URI uri() {
		return URI.create(this.server.baseUrl()).resolve(this.target.getPath());
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
