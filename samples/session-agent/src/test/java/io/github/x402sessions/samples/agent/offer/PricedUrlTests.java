package io.github.x402sessions.samples.agent.offer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
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
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> breakOffAndAskForMoney(server));
			PricedUrl url = PricedUrl.of(URI.create("http://localhost:" + server.getLocalPort() + "/film"), "POST",
					RequestData.of("@" + file), List.of());
			assertThat(url.offer(Network.STELLAR_TESTNET, USDC).price()).isEqualTo(100_000);
			serving.join();
		}
	}

	/** Servers that do not read on reset the connection, and their answer is lost. */
	private static void breakOffAndAskForMoney(ServerSocket server) {
		try {
			try (Socket first = server.accept()) {
				first.getInputStream().readNBytes(1);
				first.setSoLinger(true, 0);
			}
			try (Socket second = server.accept()) {
				second.getInputStream().readNBytes(1);
				second.getOutputStream()
					.write(("HTTP/1.1 402 Pay\r\nContent-Length: 0\r\nConnection: close\r\nPAYMENT-REQUIRED: "
							+ challenge() + "\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
			}
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String challenge() {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "100000", USDC.id(),
				SessionSigner.random().accountId(), 300, Map.of());
		return PaymentHeader
			.encode(PaymentRequired.of(null, new ResourceInfo("http://shop/film", null, null), List.of(asked)));
	}

}
