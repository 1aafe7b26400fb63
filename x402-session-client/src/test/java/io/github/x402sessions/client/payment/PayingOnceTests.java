package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.client.payment.jdk.BodyShop;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for payment identifiers, pre-payment, budgets and what listeners hear.
 */
class PayingOnceTests {

	private static final PaymentRequirements PRICE = HostileServer.asking("100");

	private final HostileServer server;

	private final Payers payers = new Payers();

	PayingOnceTests() throws IOException {
		this.server = new HostileServer();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void everyCallHasAnIdentifierOfItsOwnInTheServersExtension() throws Exception {
		this.server.thenAsk(PRICE).thenSell("100").thenAsk(PRICE).thenSell("100");
		HttpClient client = client();
		client.send(get(), BodyHandlers.ofString());
		client.send(get(), BodyHandlers.ofString());
		assertThat(ids()).hasSize(2).doesNotHaveDuplicates();
		assertThat(this.server.payments().get(0).extensions()).hasEntrySatisfying("payment-identifier",
				(extension) -> assertThat(extension).asString().contains("required=false", "schema={type=object}"));
	}

	@Test
	void facilitatorGetsAnIdentifierFromServersThatKnowNone() throws Exception {
		this.server.then(402, "PAYMENT-REQUIRED", BodyShop.challenge()).thenSell("100");
		client().send(get(), BodyHandlers.ofString());
		assertThat(ids()).singleElement().asString().startsWith("pay_");
	}

	@Test
	void whatElseTheServerExtendsGoesAlong() throws Exception {
		Map<String, Object> bazaar = Map.of("info", Map.of("input", "q"), "schema", Map.of("a", "b".repeat(7000)));
		this.server.then(402, "PAYMENT-REQUIRED", extended(Map.of("bazaar", bazaar))).thenSell("100");
		this.server.then(402, "PAYMENT-REQUIRED", extended(Map.of("bazaar", Map.of("info", "x", "schema", "y"))))
			.thenSell("100");
		client().send(get(), BodyHandlers.ofString());
		client().send(get(), BodyHandlers.ofString());
		assertThat(this.server.payments()).extracting((payment) -> payment.extensions().get("bazaar"))
			.containsExactly(Map.of("info", Map.of("input", "q")), Map.of("info", "x", "schema", "y"));
		assertThat(ids()).doesNotContain("none").doesNotHaveDuplicates();
	}

	private static String extended(Map<String, Object> extensions) {
		return PaymentHeader.encode(new PaymentRequired(2, null, new ResourceInfo("u", null, null), List.of(PRICE),
				Map.copyOf(extensions)));
	}

	@Test
	void unansweredCallRepeatedWithItsKeyHasTheSameIdentifier() throws Exception {
		this.server.thenAsk(PRICE).then(0).thenAsk(PRICE).thenSell("100").thenAsk(PRICE).thenSell("100");
		HttpRequest named = post("order 7");
		assertThatIOException().isThrownBy(() -> client().send(named, BodyHandlers.ofString()));
		assertThat(client().send(named, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(ids().get(0)).isEqualTo(ids().get(1));
		client().send(post("order 8"), BodyHandlers.ofString());
		assertThat(ids().get(2)).isNotEqualTo(ids().get(0));
		assertThat(this.payers.events().get(0)).isInstanceOfSatisfying(PaymentEvent.Unknown.class,
				(event) -> assertThat(event.amount()).isEqualTo(BigInteger.valueOf(100)));
	}

	@Test
	void knownPriceIsPaidAtOnce() throws Exception {
		this.server.thenAsk(PRICE).thenSell("100").thenSell("100");
		HttpClient client = this.payers.prepaying().at(this.server.uri().toString()).httpClient();
		for (int i = 0; i < 3; i++) {
			assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		}
		assertThat(client.sendAsync(get(), BodyHandlers.ofString()).join().statusCode()).isEqualTo(200);
		assertThat(this.server.requests()).isEqualTo(5);
		assertThat(this.server.payments()).hasSize(4);
		assertThat(ids()).doesNotHaveDuplicates();
	}

	@Test
	void changedPriceIsPaidByTheChallengeUnderTheSameIdentifier() throws Exception {
		this.server.thenAsk(PRICE).thenSell("100").thenAsk(HostileServer.asking("90")).thenSell("90");
		HttpClient client = this.payers.prepaying().at(this.server.uri().toString()).httpClient();
		client.send(get(), BodyHandlers.ofString());
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(this.server.payments()).extracting((payment) -> payment.accepted().amount())
			.containsExactly("100", "100", "90");
		assertThat(ids().get(1)).isEqualTo(ids().get(2));
	}

	@Test
	void priceRaisedBeyondTheLimitIsNotPaidAfterAPrepayment() throws Exception {
		this.server.thenAsk(PRICE).thenSell("100").thenAsk(HostileServer.asking("101"));
		HttpClient client = this.payers.prepaying().at(this.server.uri().toString()).httpClient();
		client.send(get(), BodyHandlers.ofString());
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(2);
	}

	@Test
	void refusedPrepaymentIsNotPaidAgainByTheSameTerms() throws Exception {
		this.server.thenAsk(PRICE).thenSell("100").thenAsk(PRICE);
		HttpClient client = this.payers.prepaying().at(this.server.uri().toString()).httpClient();
		client.send(get(), BodyHandlers.ofString());
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(2);
		assertThat(this.server.requests()).isEqualTo(3);
		assertThat(this.payers.events())
			.contains(new PaymentEvent.Declined(this.server.uri(), DeclineReason.PAID_BEFORE, null));
	}

	@Test
	void prepaymentIsNotMadeAgainBecauseOfWhatIsNewEveryTime() throws Exception {
		this.server.thenAsk(fresh("1")).thenSell("100").thenAsk(fresh("2"));
		HttpClient client = this.payers.prepaying().at(this.server.uri().toString()).httpClient();
		client.send(get(), BodyHandlers.ofString());
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(2);
	}

	private static PaymentRequirements fresh(String nonce) {
		return new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", "GSHOP", 60,
				Map.of("nonce", nonce));
	}

	@Test
	void listenerHearsOfPaymentsRefusalsAndWarnings() throws Exception {
		this.server.thenAsk(PRICE).thenSell("100").thenAsk(PRICE);
		this.server.then(402, "PAYMENT-RESPONSE", HostileServer.receipt(false, "0")).thenAsk(PRICE).then(200);
		HttpClient client = this.payers.at(Payers.START.plusSeconds(3001))
			.at(this.server.uri().toString())
			.httpClient();
		for (int i = 0; i < 3; i++) {
			client.send(get(), BodyHandlers.ofString());
		}
		assertThat(this.payers.events()).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("ExpiresSoon", "LowFunds", "Paid", "Refused", "Unknown");
		assertThat(this.payers.events().get(3))
			.isEqualTo(new PaymentEvent.Refused(this.server.uri(), 402, "cap_exceeded"));
	}

	@Test
	void sessionThatEndsWarnsOnlyWithAPaymentThatIsSent() throws Exception {
		this.server.thenAsk(PRICE);
		HttpClient client = this.payers.at(Payers.START.plusSeconds(3001))
			.budget(99)
			.at(this.server.uri().toString())
			.httpClient();
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(this.payers.events())
			.containsExactly(new PaymentEvent.Declined(this.server.uri(), DeclineReason.BUDGET, PRICE));
	}

	@Test
	void sessionThatAnotherHasReplacedWarnsOfNothing() throws Exception {
		this.server.thenAsk(PRICE).then(0).thenAsk(PRICE).thenSell("100");
		HttpClient client = client();
		assertThatIOException().isThrownBy(() -> client.send(post("order 7"), BodyHandlers.ofString()));
		this.payers.follow("another");
		assertThat(client.send(post("order 7"), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(this.payers.events()).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("Unknown", "Paid");
	}

	@Test
	void nothingIsDeclinedBeforeItIsAsked() throws Exception {
		this.server.thenAsk(PRICE).thenSell("100").then(200).thenAsk(PRICE);
		HttpClient client = this.payers.prepaying().budget(100).at(this.server.uri().toString()).httpClient();
		client.send(get(), BodyHandlers.ofString());
		this.payers.events().clear();
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		this.payers.stop();
		assertThat(this.payers.events()).isEmpty();
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(this.payers.events())
			.containsExactly(new PaymentEvent.Declined(this.server.uri(), DeclineReason.STOPPED, PRICE));
	}

	/** As express, hono, FastAPI and Flask do. */
	@Test
	void refusalWithoutAReceiptGivesItsReasonInTheChallenge() throws Exception {
		String refusal = PaymentHeader
			.encode(PaymentRequired.of("cap_exceeded", new ResourceInfo("u", null, null), List.of(PRICE)));
		this.server.thenAsk(PRICE).then(402, "PAYMENT-REQUIRED", refusal);
		HttpResponse<String> answer = client().send(get(), BodyHandlers.ofString());
		assertThat(PaymentReceipt.refusal(answer)).isEqualTo("cap_exceeded");
		assertThat(this.payers.events())
			.containsExactly(new PaymentEvent.Refused(this.server.uri(), 402, "cap_exceeded"));
	}

	private List<String> ids() {
		return this.server.payments()
			.stream()
			.map((payment) -> PaymentIdentifier.of(payment).map(PaymentIdentifier::id).orElse("none"))
			.toList();
	}

	private HttpClient client() {
		return this.payers.at(this.server.uri().toString()).httpClient();
	}

	/** The JDK sends a GET again by itself when the connection breaks, but no POST. */
	private HttpRequest post(String key) {
		return HttpRequest.newBuilder(this.server.uri())
			.header("Idempotency-Key", key)
			.POST(HttpRequest.BodyPublishers.ofString("tea"))
			.build();
	}

	private HttpRequest get() {
		return HttpRequest.newBuilder(this.server.uri()).build();
	}

}
