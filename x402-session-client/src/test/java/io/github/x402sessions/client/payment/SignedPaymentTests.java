package io.github.x402sessions.client.payment;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.client.signing.SessionKeyPair;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.scheme.session.BodyHash;
import io.github.x402sessions.core.scheme.session.PaymentSignature;
import io.github.x402sessions.core.scheme.session.PaymentStatement;
import io.github.x402sessions.core.scheme.session.SessionPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for payments by a session with a key: what is signed, for whom it is not, and how
 * often.
 */
class SignedPaymentTests {

	private static final PaymentRequirements PRICE = HostileServer.asking("100");

	private static final String MISMATCH = "resource_mismatch";

	private static final String EXPIRED = "payment_expired";

	private final HostileServer server = new HostileServer();

	private final SessionKeyPair key = SessionKeyPair.random();

	private final Payers payers = new Payers().at(Instant.now()).signing(this.key, Map.of());

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void paymentIsSignedForItsCall() throws Exception {
		String named = this.server.uri() + "?q=%C3%A4;x&&b";
		this.server.thenRefuse(named, null, PRICE).thenSell("100");
		assertThat(send(get()).statusCode()).isEqualTo(200);
		PaymentSignature signature = signature(0);
		assertThat(signature.validUntil()).isBetween(Instant.now().getEpochSecond() + 50,
				Instant.now().getEpochSecond() + 60);
		PaymentStatement statement = new PaymentStatement("stellar:testnet", "CUSDC", "GSHOP", "100", Payers.APPROVAL,
				"GET", named, id(0), signature.validUntil(), BodyHash.EMPTY);
		assertThat(signature.signature()).isEqualTo(this.key.sign(statement.text()));
		assertThat(this.server.payments().get(0).payload()).containsEntry("sessionId", Payers.ID);
	}

	@Test
	void paymentOfAnImpatientServerIsShort() throws Exception {
		ask(null, new PaymentRequirements("session", "stellar:testnet", "1", "CUSDC", "GSHOP", 7, Map.of()));
		this.server.thenSell("1");
		send(get());
		assertThat(signature(0).validUntil()).isLessThanOrEqualTo(Instant.now().getEpochSecond() + 7);
	}

	static Stream<BodyPublisher> bodies() {
		return Stream.of(BodyPublishers.ofString("milk"),
				BodyPublishers.ofByteArrays(List.of(bytes("mi"), bytes("lk"))),
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes("milk"))),
				BodyPublishers.fromPublisher(BodyPublishers.ofString("milk"), 4));
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void bodyThatWasSentIsSigned(BodyPublisher body) throws Exception {
		ask(null, PRICE);
		this.server.thenSell("100");
		assertThat(send(post(body)).statusCode()).isEqualTo(200);
		assertThat(isSigned(0, "POST", BodyHash.of(bytes("milk")))).isTrue();
	}

	@Test
	void bodyIsKnownBeforeItIsSentOnlyWhereItIsAtHand() throws Exception {
		ask(null, PRICE);
		this.server.thenSell("100");
		HttpClient client = client(this.payers.prepaying());
		for (BodyPublisher body : List.of(BodyPublishers.ofString("milk"), BodyPublishers.ofString("sugar"),
				BodyPublishers.noBody(), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes("milk"))))) {
			client.send(post(body), BodyHandlers.discarding());
		}
		assertThat(this.server.payments()).hasSize(4);
		assertThat(this.server.bodies()).containsExactly("milk", "milk", "sugar", "", "milk");
		assertThat(isSigned(0, "POST", BodyHash.of(bytes("milk")))).isTrue();
		assertThat(isSigned(1, "POST", BodyHash.of(bytes("sugar")))).isTrue();
		assertThat(isSigned(2, "POST", BodyHash.EMPTY)).isTrue();
		assertThat(isSigned(3, "POST", BodyHash.UNKNOWN)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost:%d/tea", "http://localhost/tea", "http://shop.example:%d/tea",
			"http://localhost:%d@shop.example/tea", "http://user@localhost:%d/tea", "/tea", "tea" })
	void challengeThatIsSomebodyElsesIsNotSigned(String resource) throws Exception {
		String named = resource.formatted(this.server.uri().getPort());
		this.server.thenRefuse(named, null, PRICE).thenSell("100");
		assertThat(send(get()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).isEmpty();
		assertThat(this.payers.events())
			.containsExactly(new PaymentEvent.Declined(this.server.uri(), DeclineReason.RESOURCE_ORIGIN, PRICE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:%d/tea", "http://[::1]:%d/tea", "http://LOCALHOST:%d/tea" })
	void namesOfTheLoopbackInterfaceAreOne(String resource) throws Exception {
		String named = resource.formatted(this.server.uri().getPort());
		this.server.thenRefuse(named, null, PRICE).thenSell("100");
		assertThat(send(get()).statusCode()).isEqualTo(200);
		assertThat(this.server.payments().get(0).resource().url()).isEqualTo(named);
	}

	@Test
	void originThatTheCallerKnowsIsSigned() throws Exception {
		this.payers.signing(this.key,
				Map.of(Origin.of(this.server.uri()), Origin.of(URI.create("https://shop.example"))));
		this.server.thenRefuse("https://SHOP.example:443/tea", null, PRICE).thenSell("100");
		ask(null, PRICE);
		this.server.thenSell("100").thenRefuse("https://other.example/tea", null, PRICE);
		assertThat(send(get()).statusCode()).isEqualTo(200);
		assertThat(send(get()).statusCode()).isEqualTo(200);
		assertThat(send(get()).statusCode()).isEqualTo(402);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/two words", "/\u00e4", "/line\nbreak", "long" })
	void urlThatCannotBeSignedIsNotPaid(String path) throws Exception {
		this.server.thenRefuse(this.server.uri().resolve("/") + (path.equals("long") ? "x".repeat(2048) : path), null,
				PRICE);
		assertThat(send(get()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).isEmpty();
		assertThat(this.payers.events())
			.containsExactly(new PaymentEvent.Declined(this.server.uri(), DeclineReason.RESOURCE_URL, PRICE));
	}

	@ParameterizedTest
	@ValueSource(strings = { MISMATCH, EXPIRED })
	void refusalForEverIsSignedForTwice(String reason) throws Exception {
		ask(reason, PRICE);
		assertThat(send(post(BodyPublishers.ofString("milk"))).body()).isEqualTo("answer 402");
		assertThat(this.server.requests()).isEqualTo(3);
		assertThat(client(this.payers).sendAsync(get(), BodyHandlers.ofString()).join().body()).isEqualTo("answer 402");
		assertThat(this.server.requests()).isEqualTo(6);
		assertThat(this.server.payments()).hasSize(4);
		assertThat(this.server.bodies()).containsExactly("milk", "milk", "milk", "", "", "");
		assertThat(id(0)).isEqualTo(id(1)).isNotEqualTo(id(2));
		assertThat(id(2)).isEqualTo(id(3));
		assertThat(outcomes()).containsExactly(new PaymentEvent.Refused(this.server.uri(), 402, reason),
				new PaymentEvent.Refused(this.server.uri(), 402, reason));
	}

	@Test
	void refusedPrepaymentIsSignedForOnceMore() throws Exception {
		ask(null, PRICE);
		this.server.thenSell("100");
		ask(MISMATCH, PRICE);
		HttpClient client = client(this.payers.prepaying());
		client.send(get(), BodyHandlers.discarding());
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(3);
	}

	@Test
	void changedPriceAfterAPrepaymentIsTheLastSignature() throws Exception {
		ask(null, PRICE);
		this.server.thenSell("100");
		ask(null, HostileServer.asking("90"));
		ask(MISMATCH, HostileServer.asking("90"));
		HttpClient client = client(this.payers.prepaying());
		client.send(get(), BodyHandlers.discarding());
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(3);
	}

	@Test
	void otherResourceIsSignedOnTheSecondAttemptUnderTheSameIdentifier() throws Exception {
		ask(null, PRICE);
		String named = this.server.uri() + "?by=another";
		this.server.thenRefuse(named, MISMATCH, PRICE).thenSell("100");
		assertThat(send(get()).statusCode()).isEqualTo(200);
		assertThat(id(0)).isEqualTo(id(1));
		assertThat(this.server.payments().get(1).resource().url()).isEqualTo(named);
		assertThat(isSigned(1, "GET", BodyHash.EMPTY)).isTrue();
		assertThat(outcomes()).singleElement().isInstanceOf(PaymentEvent.Paid.class);
	}

	@Test
	void otherResourceOfAnotherOriginIsNotSigned() throws Exception {
		ask(null, PRICE);
		this.server.thenRefuse("http://shop.example/", MISMATCH, PRICE).thenSell("100");
		assertThat(send(get()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(1);
		assertThat(this.payers.events()).contains(
				new PaymentEvent.Declined(this.server.uri(), DeclineReason.RESOURCE_ORIGIN, PRICE),
				new PaymentEvent.Refused(this.server.uri(), 402, MISMATCH));
	}

	@Test
	void otherRefusalsAndOtherPricesAreFinal() throws Exception {
		ask(null, PRICE);
		ask("cap_exceeded", PRICE);
		ask(null, PRICE);
		ask(MISMATCH, HostileServer.asking("99"));
		assertThat(send(get()).statusCode()).isEqualTo(402);
		assertThat(send(get()).statusCode()).isEqualTo(402);
		assertThat(this.server.requests()).isEqualTo(4);
	}

	@Test
	void sessionWithoutAKeyIsUsedOnce() throws Exception {
		ask(MISMATCH, PRICE);
		Payers unsigned = new Payers();
		assertThat(client(unsigned).send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).singleElement()
			.satisfies((payment) -> assertThat(payment.payload()).isEqualTo(Map.of("sessionId", Payers.ID)));
	}

	@Test
	void paymentThatIsSignedAnewTakesOneShareOfTheBudget() throws Exception {
		this.payers.budget(199);
		ask(MISMATCH, PRICE);
		HttpClient client = client(this.payers);
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(2);
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).as("what was sent counts").hasSize(2);
		assertThat(this.payers.events())
			.contains(new PaymentEvent.Declined(this.server.uri(), DeclineReason.BUDGET, PRICE));
	}

	@Test
	void nothingIsSignedThatTheBudgetDoesNotAllow() throws Exception {
		this.payers.budget(99);
		Payer careful = (offer) -> new PayerDecision.Pays(PRICE, new Asset("CUSDC", 7), () -> {
			throw new AssertionError("signed");
		}, (outcome) -> {
		}, Set.of()).now();
		ask(null, PRICE);
		HttpClient client = new Payments(careful, this.payers.options()).httpClient();
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(402);
	}

	@ParameterizedTest
	@ValueSource(longs = { -300, 300 })
	void clockThatIsWrongIsPutRightByTheServerOnceAPaymentWasRefused(long seconds) throws Exception {
		this.payers.at(Instant.now().plusSeconds(seconds));
		ask(null, PRICE);
		ask(EXPIRED, PRICE);
		this.server.thenSell("100");
		ask(null, PRICE);
		this.server.thenSell("100");
		HttpClient client = client(this.payers);
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		long now = Instant.now().getEpochSecond();
		assertThat(this.server.payments()).hasSize(3);
		assertThat(signature(0).validUntil()).isBetween(now + seconds + 40, now + seconds + 60);
		assertThat(signature(1).validUntil()).isBetween(now + 40, now + 61);
		assertThat(signature(2).validUntil()).isBetween(now + 40, now + 61);
	}

	@Test
	void serverWhoseClockIsWrongMovesNoOtherPayment() throws Exception {
		this.payers.at(Instant.now().plusSeconds(300));
		ask(null, PRICE);
		ask(EXPIRED, PRICE);
		ask(EXPIRED, PRICE);
		ask(null, PRICE);
		this.server.thenSell("100");
		HttpClient client = client(this.payers);
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(402);
		assertThat(client.send(get(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		long now = Instant.now().getEpochSecond();
		assertThat(signature(1).validUntil()).isBetween(now + 40, now + 61);
		assertThat(signature(2).validUntil()).as("by the clock that is right").isGreaterThan(now + 300);
	}

	@Test
	void serverThatIsFarOffIsNotBelieved() throws Exception {
		this.payers.at(Instant.now().minus(Duration.ofMinutes(16)));
		ask(EXPIRED, PRICE);
		send(get());
		assertThat(signature(1).validUntil()).isLessThan(Instant.now().getEpochSecond());
	}

	@Test
	void repeatedCallIsSignedAnewUnderTheSameIdentifier() throws Exception {
		ask(null, PRICE);
		this.server.then(0);
		ask(null, PRICE);
		this.server.thenSell("100");
		HttpRequest named = HttpRequest.newBuilder(this.server.uri())
			.header("Idempotency-Key", "order 7")
			.POST(BodyPublishers.ofString("milk"))
			.build();
		assertThatIOException().isThrownBy(() -> send(named));
		this.payers.at(Instant.now().plusSeconds(10));
		send(named);
		assertThat(id(0)).isEqualTo(id(1));
		assertThat(signature(0).signature()).isNotEqualTo(signature(1).signature());
	}

	@Test
	void prepaidCallIsSignedForItsOwnQuery() throws Exception {
		this.server.thenRefuse(this.server.uri() + "?cups=1", null, PRICE).thenSell("100");
		HttpClient client = client(this.payers.prepaying());
		for (String query : List.of("?cups=1", "?cups=2", "")) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(this.server.uri() + query)).build();
			assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		}
		assertThat(this.server.payments()).extracting((payment) -> payment.resource().url())
			.containsExactly(this.server.uri() + "?cups=1", this.server.uri() + "?cups=2",
					this.server.uri().toString());
		assertThat(isSigned(2, "GET", BodyHash.EMPTY)).isTrue();
	}

	@Test
	void noEventShowsIdSignatureOrKey() throws Exception {
		ask(MISMATCH, PRICE);
		send(get());
		assertThat(this.payers.events().toString()).doesNotContain(Payers.ID, this.key.toSecret(),
				signature(0).signature(), signature(1).signature());
	}

	private void ask(String error, PaymentRequirements asked) {
		this.server.thenRefuse(this.server.uri().toString(), error, asked);
	}

	private boolean isSigned(int index, String method, String body) {
		PaymentPayload payment = this.server.payments().get(index);
		PaymentSignature signature = signature(index);
		PaymentStatement statement = new PaymentStatement("stellar:testnet", "CUSDC", "GSHOP", "100", Payers.APPROVAL,
				method, payment.resource().url(), id(index), signature.validUntil(), body);
		return signature.method().equals(method) && signature.body().equals(body)
				&& signature.signature().equals(this.key.sign(statement.text()));
	}

	private PaymentSignature signature(int index) {
		return SessionPayload.read(this.server.payments().get(index).payload()).signature();
	}

	private String id(int index) {
		return PaymentIdentifier.of(this.server.payments().get(index)).orElseThrow().id();
	}

	private Stream<PaymentEvent> outcomes() {
		return this.payers.events().stream().filter(PaymentEvent.Outcome.class::isInstance);
	}

	private HttpResponse<String> send(HttpRequest request) throws Exception {
		return client(this.payers).send(request, BodyHandlers.ofString());
	}

	private HttpClient client(Payers payers) {
		return payers.at(this.server.uri().toString()).httpClient();
	}

	private HttpRequest get() {
		return HttpRequest.newBuilder(this.server.uri()).build();
	}

	private HttpRequest post(BodyPublisher body) {
		return HttpRequest.newBuilder(this.server.uri()).POST(body).build();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
