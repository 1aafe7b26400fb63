package io.github.x402sessions.webflux;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.fixtures.Eventually;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that pay and do not wait for what they get. They take few bytes at a time.
 */
final class ImpatientClients implements AutoCloseable {

	private final List<Socket> clients = new ArrayList<>();

	Socket send(FluxShop shop, String path, String payment) throws IOException {
		Socket client = new Socket();
		client.setReceiveBufferSize(4096);
		client.connect(new InetSocketAddress(shop.uri().getHost(), shop.uri().getPort()));
		client.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: " + shop.uri().getAuthority() + "\r\n" + PaymentHeader.SIGNATURE
					+ ": " + payment + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		this.clients.add(client);
		return client;
	}

	/** Count those that have an answer. */
	long answered() throws IOException {
		long answered = 0;
		for (Socket client : this.clients) {
			answered += (!client.isClosed() && client.getInputStream().available() > 0) ? 1 : 0;
		}
		return answered;
	}

	/** All clients without an answer go, and the server has seen them go. */
	void goAll() throws IOException {
		int all = ImpatientShop.gone.get();
		for (Socket client : this.clients) {
			if (!client.isClosed()) {
				all += (client.getInputStream().available() > 0) ? 0 : 1;
				reset(client);
			}
		}
		int expected = all;
		Eventually.holds(() -> assertThat(ImpatientShop.gone.get()).isGreaterThanOrEqualTo(expected));
	}

	static void reset(Socket client) throws IOException {
		client.setSoLinger(true, 0);
		client.close();
	}

	@Override
	public void close() throws IOException {
		for (Socket client : this.clients) {
			client.close();
		}
	}

}
