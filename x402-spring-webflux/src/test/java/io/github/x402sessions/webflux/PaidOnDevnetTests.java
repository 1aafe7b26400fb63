package io.github.x402sessions.webflux;

import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.adapter.spring.PayingFilter;
import io.github.x402sessions.client.Session;
import io.github.x402sessions.client.SessionClient;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.facilitator.FacilitatorServer;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stellar.sdk.KeyPair;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reactive shop, our client's session and its adapter for WebClient, a facilitator and
 * a ledger: none of them scripted.
 */
class PaidOnDevnetTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final StellarDevnet devnet = StellarDevnet.builder()
		.port(0)
		.ledgerInterval(Duration.ofMillis(100))
		.start();

	private static final KeyPair facilitatorKey = KeyPair.random();

	private static final KeyPair merchant = KeyPair.random();

	private static FacilitatorServer facilitator;

	private static FluxShop shop;

	private static Session session;

	@BeforeAll
	static void open(@TempDir Path folder) throws Exception {
		SessionSigner payer = SessionSigner.random();
		for (String account : List.of(facilitatorKey.getAccountId(), merchant.getAccountId(), payer.accountId())) {
			devnet.fund(account);
		}
		devnet.faucet(merchant.getAccountId(), BigDecimal.ZERO);
		devnet.faucet(payer.accountId(), new BigDecimal("100"));
		facilitator = FacilitatorServer
			.start(properties("server.port", "0", "facilitator.secret", new String(facilitatorKey.getSecretSeed()),
					"facilitator.rpc-url", devnet.rpcUri().toString(), "facilitator.database-url",
					"jdbc:sqlite:" + Files.createTempDirectory("flux").resolve("books.db"), "facilitator.poll-interval",
					"20ms", "facilitator.recipients", merchant.getAccountId(), "facilitator.min-per-call", "0.0000001",
					"facilitator.deferred.enabled", "true", "facilitator.deferred.recipients", "*",
					"facilitator.deferred.first-credit", "1", "facilitator.deferred.max-age", "1s"));
		shop = FluxShop.configured(SoldThings.class, "x402.pay-to=" + merchant.getAccountId(),
				"x402.facilitator.url=" + facilitator.url(), "x402.routes[0].path=/functions/**",
				"x402.routes[0].price=0.10");
		session = SessionClient.builder()
			.signer(payer)
			.facilitator(facilitator.url())
			.recipient(merchant.getAccountId())
			.cap("5")
			.expiresIn(Duration.ofDays(2))
			.allowedOrigins(shop.uri())
			.open();
	}

	@AfterAll
	static void close() {
		shop.close();
		facilitator.close();
		devnet.close();
	}

	@Test
	void aSessionPaysForControllersAndFunctions() {
		WebClient client = client();
		for (String path : List.of("/sold", "/functions/sold", "/before", "/during")) {
			BigInteger before = paid();
			assertThat(client.get().uri(path).retrieve().bodyToMono(String.class).block(PATIENCE)).startsWith("goods");
			assertThat(paid().subtract(before)).isEqualTo(BigInteger.valueOf(1_000_000));
		}
	}

	@Test
	void whoLeavesAStreamHasPaidForItOnce() throws Exception {
		BigInteger before = paid();
		HttpResponse<InputStream> response = session.httpClient()
			.send(HttpRequest.newBuilder(URI.create(shop.uri() + "/endless")).timeout(PATIENCE).build(),
					HttpResponse.BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		try (InputStream events = response.body()) {
			assertThat(events.readNBytes(60)).asString(StandardCharsets.UTF_8).contains("goods");
		}
		assertThat(paid().subtract(before)).isEqualTo(BigInteger.valueOf(1_000_000));
	}

	@Test
	void aMeteredStreamIsHeldAndPaidForWhatItWas() throws Exception {
		BigInteger before = paid();
		HttpResponse<String> response = session.httpClient()
			.send(HttpRequest.newBuilder(URI.create(shop.uri() + "/words")).timeout(PATIENCE).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		String receipt = response.headers().firstValue(PaymentHeader.RESPONSE).orElseThrow();
		assertThat(new String(Base64.getDecoder().decode(receipt), StandardCharsets.UTF_8)).contains("cmt_", "1000000");
		Eventually.isTrue(() -> paid().compareTo(before) > 0);
		assertThat(paid().subtract(before)).isEqualTo(BigInteger.valueOf(500_000));
	}

	private static Map<String, String> properties(String... pairs) {
		Map<String, String> properties = new HashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			properties.put(pairs[i], pairs[i + 1]);
		}
		return properties;
	}

	private static WebClient client() {
		return WebClient.builder().baseUrl(shop.uri().toString()).filter(new PayingFilter(session.payments())).build();
	}

	private static BigInteger paid() {
		return devnet.usdcBalance(merchant.getAccountId());
	}

}
