package io.github.x402sessions.client;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PaymentEvent;
import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link X402Client} with a ledger, a shop that settles {@code exact} and one
 * that takes sessions.
 */
class X402ClientTests {

	private static final BigInteger RICH = BigInteger.valueOf(1_000_000_000);

	private final PaidEnvironment environment = PaidEnvironment.shared();

	private final ExactShop shop = new ExactShop(this.environment.devnet);

	private final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	private final AtomicInteger signatures = new AtomicInteger();

	private final SessionSigner key = this.environment.account();

	/** Counts what it signs. */
	private final SessionSigner payer = SessionSigner.of(this.key.accountId(), (hash) -> {
		this.signatures.incrementAndGet();
		return this.key.sign(hash);
	});

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void callIsPaidByExactToTheUnit() throws Exception {
		BigInteger before = this.environment.usdc(this.environment.merchant);
		this.shop.asking(exact("7"));
		HttpResponse<String> answer = send(client().build(), null);
		assertThat(answer.body()).isEqualTo("goods");
		assertThat(this.environment.usdc(this.payer.accountId())).isEqualTo(RICH.subtract(BigInteger.valueOf(7)));
		assertThat(this.environment.usdc(this.environment.merchant).subtract(before)).isEqualTo(7);
		assertThat(this.signatures).hasValue(1);
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Paid.class);
	}

	@Test
	void callWhoseAnswerIsLostIsPaidOnceHoweverOftenItIsMade() throws Exception {
		X402Client client = client().build();
		this.shop.asking(exact("7"));
		this.shop.conduct = ExactShop.Conduct.LOSES_ANSWERS;
		assertThatIOException().isThrownBy(() -> send(client, "order-1"));
		this.shop.conduct = ExactShop.Conduct.REFUSES;
		assertThat(send(client, "order-1").statusCode()).isEqualTo(402);
		closeLedgers(14);
		assertThat(send(client, "order-1").statusCode()).isEqualTo(402);
		assertThat(this.shop.transactions()).hasSizeGreaterThanOrEqualTo(3)
			.containsOnly(this.shop.transactions().get(0));
		assertThat(this.signatures).hasValue(1);
		assertThat(this.environment.usdc(this.payer.accountId())).isEqualTo(RICH.subtract(BigInteger.valueOf(7)));
	}

	@Test
	void whatWasNeverMadeIsSignedAnewOnceItsTimeIsOver() throws Exception {
		X402Client client = client().build();
		this.shop.asking(exact("7"));
		this.shop.conduct = ExactShop.Conduct.REFUSES;
		send(client, "order-2");
		send(client, "order-2");
		assertThat(this.shop.transactions()).containsOnly(this.shop.transactions().get(0));
		closeLedgers(14);
		this.shop.conduct = ExactShop.Conduct.SETTLES;
		assertThat(send(client, "order-2").statusCode()).isEqualTo(200);
		assertThat(this.shop.transactions()).hasSize(3);
		assertThat(this.shop.transactions().get(2)).isNotEqualTo(this.shop.transactions().get(0));
		assertThat(this.shop.nonce(this.shop.transactions().get(2)))
			.isEqualTo(this.shop.nonce(this.shop.transactions().get(0)));
		assertThat(this.signatures).hasValue(2);
	}

	@Test
	void pendingPaymentIsSentAgainAsItIs() throws Exception {
		this.shop.asking(exact("7"));
		this.shop.conduct = ExactShop.Conduct.DELAYS;
		send(client().build(), null);
		assertThat(this.shop.transactions()).hasSize(2).containsOnly(this.shop.transactions().get(0));
		assertThat(this.signatures).hasValue(1);
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Unknown.class);
	}

	@Test
	void repeatedCallIsNotPaidByOtherTermsWhileTheFirstMayBeSettled() throws Exception {
		X402Client client = client().build();
		this.shop.conduct = ExactShop.Conduct.REFUSES;
		this.shop.asking(exact("7"));
		send(client, "order-3");
		this.shop.asking(exact("8"));
		send(client, "order-3");
		assertThat(this.signatures).hasValue(1);
		assertThat(declined().reason()).isEqualTo(DeclineReason.PAID_BEFORE);
	}

	@Test
	void callsAtOnceHaveANonceEach() throws Exception {
		X402Client client = client().build();
		this.shop.asking(exact("7"));
		List<CompletableFuture<HttpResponse<String>>> calls = Stream
			.generate(() -> client.httpClient()
				.sendAsync(HttpRequest.newBuilder(this.shop.uri()).build(), BodyHandlers.ofString()))
			.limit(4)
			.toList();
		calls.forEach((call) -> assertThat(call.join().statusCode()).isEqualTo(200));
		assertThat(this.shop.transactions().stream().map(this.shop::nonce)).hasSize(4).doesNotHaveDuplicates();
		assertThat(this.environment.usdc(this.payer.accountId())).isEqualTo(RICH.subtract(BigInteger.valueOf(28)));
	}

	static Stream<Arguments> hostileOffers() {
		PaidEnvironment environment = PaidEnvironment.shared();
		String asset = environment.devnet.usdcContract();
		Map<String, Object> sponsored = Map.of("areFeesSponsored", true);
		return Stream.of(offer("amount", "100001", asset, environment.merchant, 60, sponsored),
				offer("amount", "0", asset, environment.merchant, 60, sponsored),
				offer("amount", "1.5", asset, environment.merchant, 60, sponsored),
				offer("amount", "9".repeat(60), asset, environment.merchant, 60, sponsored),
				offer("asset", "1", environment.merchant, environment.merchant, 60, sponsored),
				offer("areFeesSponsored", "1", asset, environment.merchant, 60, Map.of("areFeesSponsored", false)),
				offer("areFeesSponsored", "1", asset, environment.merchant, 60, Map.of("areFeesSponsored", "true")),
				offer("areFeesSponsored", "1", asset, environment.merchant, 60, Map.of()),
				offer("payTo", "1", asset, "garbage", 60, sponsored),
				offer("payTo", "1", asset, SessionSigner.random().accountId(), 60, sponsored),
				offer("maxTimeoutSeconds", "1", asset, environment.merchant, Integer.MAX_VALUE, sponsored),
				offer("maxTimeoutSeconds", "1", asset, environment.merchant, 3601, sponsored));
	}

	private static Arguments offer(String field, String amount, String asset, String payTo, int timeout,
			Map<String, Object> extra) {
		return Arguments.of(field,
				new PaymentRequirements("exact", "stellar:testnet", amount, asset, payTo, timeout, Map.copyOf(extra)));
	}

	@ParameterizedTest
	@MethodSource("hostileOffers")
	void hostileOfferIsRefusedByItsFieldAndNothingIsSigned(String field, PaymentRequirements offer) throws Exception {
		this.shop.asking(offer);
		assertThat(send(client().recipients(this.environment.merchant).build(), null).statusCode()).isEqualTo(402);
		assertThat(this.signatures).hasValue(0);
		assertThat(this.shop.payments()).isEmpty();
		assertThat(declined().why()).contains(field);
		assertThat(declined()).asString().contains("why='");
	}

	@Test
	void otherNetworksAndOriginsAndSpentBudgetsGetNoSignature() throws Exception {
		this.shop.asking(new PaymentRequirements("exact", "stellar:pubnet", "1", this.environment.devnet.usdcContract(),
				this.environment.merchant, 60, Map.of("areFeesSponsored", true)));
		send(client().build(), null);
		assertThat(declined().why()).contains("network");
		this.shop.asking(exact("7"));
		send(client().maxPerPeriod("0.0000006", Duration.ofHours(1)).build(), null);
		assertThat(declined().reason()).isEqualTo(DeclineReason.BUDGET);
		send(X402Client.builder()
			.signer(this.payer)
			.rpc(this.environment.devnet.rpcUri())
			.maxPerCall("0.01")
			.allowedOrigins(URI.create("http://elsewhere.example"))
			.listener(this.events::add)
			.build(), null);
		assertThat(declined().reason()).isEqualTo(DeclineReason.ORIGIN);
		assertThat(this.signatures).hasValue(0);
	}

	@Test
	void payerWhoHasTooLittleIsToldAndSignsNothing() throws Exception {
		SessionSigner poor = SessionSigner.random();
		this.environment.devnet.fund(poor.accountId());
		this.environment.devnet.faucet(poor.accountId(), new BigDecimal("0.0000006"));
		this.shop.asking(exact("7"));
		send(client().signer(poor).build(), null);
		assertThat(declined().why()).startsWith("nothing was signed: the transfer would fail");
	}

	@Test
	void clientTakesASessionThatIsOpenElseExactElseOpensOne() throws Exception {
		X402Client client = client().sessions("5.00", this::settings).build();
		this.shop.asking(session(), exact("7"));
		send(client, null);
		assertThat(client.sessions()).isEmpty();
		HttpResponse<String> tea = client.httpClient()
			.send(HttpRequest.newBuilder(this.environment.uri("/tea")).build(), BodyHandlers.ofString());
		assertThat(tea.statusCode()).isEqualTo(200);
		assertThat(client.sessions()).containsOnlyKeys(this.environment.merchant);
		send(client, null);
		assertThat(this.shop.payments().stream().map(PaymentPayload::accepted).map(PaymentRequirements::scheme))
			.containsExactly("exact", "session");
		client.close();
	}

	@Test
	void callThatExactMayHavePaidIsNotPaidWithASession() throws Exception {
		X402Client client = client().sessions("5.00", this::settings).build();
		client.httpClient()
			.send(HttpRequest.newBuilder(this.environment.uri("/tea")).build(), BodyHandlers.discarding());
		this.shop.conduct = ExactShop.Conduct.REFUSES;
		this.shop.asking(exact("7"));
		send(client, "order-4");
		this.shop.asking(session());
		send(client, "order-4");
		assertThat(this.shop.payments()).hasSize(1);
		client.close();
	}

	@Test
	void preferenceRulesOutTheOtherScheme() throws Exception {
		this.shop.asking(session());
		send(client().preference(SchemePreference.EXACT).build(), null);
		assertThat(declined().reason()).isEqualTo(DeclineReason.SCHEME);
		this.shop.asking(exact("7"));
		send(client().sessions("5.00", this::settings).preference(SchemePreference.SESSION).build(), null);
		assertThat(declined().reason()).isEqualTo(DeclineReason.NO_SESSION);
		assertThat(this.shop.payments()).isEmpty();
		assertThat(this.signatures).hasValue(0);
	}

	@Test
	void settingsThatAreMissingAreNamed() {
		assertThatIllegalStateException().isThrownBy(() -> X402Client.builder().build())
			.withMessageContaining("allowedOrigins");
		assertThatIllegalStateException()
			.isThrownBy(() -> X402Client.builder().allowedOrigins(this.shop.uri()).maxPerCall("1").build())
			.withMessageContaining("signer");
		assertThatIllegalStateException().isThrownBy(() -> client().preference(SchemePreference.SESSION).build())
			.withMessageContaining("sessions");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> X402Client.builder().recipients("GARBAGE"));
	}

	private PaymentEvent.Declined declined() {
		return (PaymentEvent.Declined) this.events.get(this.events.size() - 1);
	}

	private X402ClientBuilder client() {
		return X402Client.builder()
			.signer(this.payer)
			.rpc(this.environment.devnet.rpcUri())
			.maxPerCall("0.01")
			.allowedOrigins(this.shop.uri(), this.environment.uri("/"))
			.listener(this.events::add);
	}

	private SessionClientBuilder settings(SessionClientBuilder session) {
		return session.facilitator(this.environment.facilitatorUrl()).cap("1.00").expiresIn(Duration.ofHours(1));
	}

	private HttpResponse<String> send(X402Client client, String name) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.shop.uri());
		return client.httpClient()
			.send(((name != null) ? request.header(Payments.IDEMPOTENCY_KEY, name) : request).build(),
					BodyHandlers.ofString());
	}

	/** Those of a minute, and two more. */
	private void closeLedgers(int count) {
		for (int i = 0; i < count; i++) {
			this.environment.devnet.closeLedger();
		}
	}

	private PaymentRequirements exact(String amount) {
		return new PaymentRequirements("exact", "stellar:testnet", amount, this.environment.devnet.usdcContract(),
				this.environment.merchant, 60, Map.of("areFeesSponsored", true));
	}

	private PaymentRequirements session() {
		return new PaymentRequirements("session", "stellar:testnet", "7", this.environment.devnet.usdcContract(),
				this.environment.merchant, 60, Map.of());
	}

}
