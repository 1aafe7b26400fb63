package io.github.x402sessions.adapter;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import io.github.x402sessions.client.X402Client;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.fixtures.LocalServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that all adapters pay for single calls as well: each is signed on a ledger while
 * the call waits.
 */
class ExactAdapterTests {

	private static final KeyPair PAYER = KeyPair.random();

	private static final KeyPair SHOP = KeyPair.random();

	private static StellarDevnet devnet;

	private final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<PaymentPayload> payments = new CopyOnWriteArrayList<>();

	private LocalServer shop;

	static Stream<AdapterTests.Buyer> buyers() {
		return AdapterTests.buyers();
	}

	@BeforeAll
	static void start() {
		devnet = StellarDevnet.builder().ledgerInterval(Duration.ofMillis(100)).start();
		for (KeyPair account : List.of(PAYER, SHOP)) {
			devnet.fund(account.getAccountId());
			devnet.faucet(account.getAccountId(), new BigDecimal("25"));
		}
	}

	@AfterAll
	static void stop() {
		devnet.close();
	}

	@BeforeEach
	void open() throws IOException {
		this.shop = new LocalServer(this::sell);
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@ParameterizedTest
	@MethodSource("buyers")
	void paysForOneCallAndSendsTheBodyAgain(AdapterTests.Buyer buyer) throws Exception {
		X402Client client = X402Client.builder()
			.signer(SessionSigner.ofSecret(new String(PAYER.getSecretSeed())))
			.rpc(devnet.rpcUri())
			.maxPerCall("0.10")
			.allowedOrigins(this.shop.uri("/"))
			.listener(this.events::add)
			.build();
		assertThat(buyer.buy(client.payments(), this.shop.uri("/tea"), "milk")).isEqualTo("200 tea");
		assertThat(this.requests).containsExactly("free milk", "paid milk");
		assertThat(this.payments).singleElement().satisfies((payment) -> {
			assertThat(payment.accepted().scheme()).isEqualTo("exact");
			assertThat(payment.payload()).containsOnlyKeys("transaction");
		});
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Paid.class);
	}

	private void sell(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String payment = exchange.getRequestHeaders().getFirst(PaymentHeader.SIGNATURE);
		this.requests.add(((payment != null) ? "paid " : "free ") + body);
		if (payment == null) {
			PaymentRequirements asked = new PaymentRequirements("exact", "stellar:testnet", "100000",
					devnet.usdcContract(), SHOP.getAccountId(), 60, Map.of("areFeesSponsored", true));
			exchange.getResponseHeaders()
				.add(PaymentHeader.REQUIRED, PaymentHeader.encode(PaymentRequired.of(null,
						new ResourceInfo(this.shop.uri("/tea").toString(), null, null), List.of(asked))));
			LocalServer.answer(exchange, 402, "pay");
			return;
		}
		this.payments.add(PaymentHeader.decode(payment, PaymentPayload.class, 32_768));
		exchange.getResponseHeaders()
			.add(PaymentHeader.RESPONSE, PaymentHeader
				.encode(Map.of("success", true, "transaction", "0".repeat(64), "network", "stellar:testnet")));
		LocalServer.answer(exchange, 200, "tea");
	}

}
