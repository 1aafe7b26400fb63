package io.github.x402sessions.samples.agent.offer;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.fixtures.ConnectionServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PricedUrl}: the price of a request with a long body.
 */
class PricedUrlTests {

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	@Test
	void priceOfALongBodyIsReadThoughTheServerBreaksOff(@TempDir Path directory) throws IOException {
		Path file = Files.write(directory.resolve("film"), new byte[16 * 1024 * 1024]);
		try (ConnectionServer server = new ConnectionServer(new BrokenOffOnce())) {
			PricedUrl url = PricedUrl.of(server.uri("/film"), "POST", RequestData.of("@" + file), List.of());
			assertThat(url.offer(Network.STELLAR_TESTNET, USDC).price()).isEqualTo(100_000);
		}
	}

	private static String challenge() {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "100000", USDC.id(),
				SessionSigner.random().accountId(), 300, Map.of());
		return PaymentHeader
			.encode(PaymentRequired.of(null, new ResourceInfo("http://shop/film", null, null), List.of(asked)));
	}

	/** Servers that do not read on reset the connection, and their answer is lost. */
	private static final class BrokenOffOnce implements ConnectionServer.Handler {

		private final AtomicBoolean broken = new AtomicBoolean();

		@Override
		public void serve(Socket connection) throws IOException {
			connection.getInputStream().readNBytes(1);
			if (this.broken.compareAndSet(false, true)) {
				connection.setSoLinger(true, 0);
				return;
			}
			connection.getOutputStream()
				.write(("HTTP/1.1 402 Pay\r\nContent-Length: 0\r\nConnection: close\r\nPAYMENT-REQUIRED: " + challenge()
						+ "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
		}

	}

}
