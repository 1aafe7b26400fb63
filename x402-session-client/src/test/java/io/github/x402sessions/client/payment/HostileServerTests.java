package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a hostile server cannot make a session pay what its owner did not allow.
 */
class HostileServerTests {

	private static final PaymentRequirements FAIR = HostileServer.asking("100");

	private final HostileServer server;

	private final HostileServer accomplice;

	private final Payers payers = new Payers();

	HostileServerTests() throws IOException {
		this.server = new HostileServer();
		this.accomplice = new HostileServer();
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.accomplice.close();
	}

	static Stream<Arguments> unfairTerms() {
		return Stream.of(
				Arguments.of(DeclineReason.RECIPIENT, HostileServer.asking("stellar:testnet", "1", "CUSDC", "GTHIEF")),
				Arguments.of(DeclineReason.PRICE, HostileServer.asking("101")),
				Arguments.of(DeclineReason.PRICE, HostileServer.asking("99999999999999999999999999999999999999999")),
				Arguments.of(DeclineReason.PRICE, HostileServer.asking("0")),
				Arguments.of(DeclineReason.ASSET, HostileServer.asking("stellar:testnet", "1", "COTHER", "GSHOP")),
				Arguments.of(DeclineReason.NETWORK, HostileServer.asking("stellar:pubnet", "1", "CUSDC", "GSHOP")),
				Arguments.of(DeclineReason.FACILITATOR,
						new PaymentRequirements("session", "stellar:testnet", "1", "CUSDC", "GSHOP", 60,
								Map.of("spender", "GTHIEF"))),
				Arguments.of(DeclineReason.SCHEME, new PaymentRequirements("exact", "stellar:testnet", "1", "CUSDC",
						"GSHOP", 60, Map.of("spender", "GSPENDER"))));
	}

	@ParameterizedTest
	@MethodSource("unfairTerms")
	void unfairTermsAreNotPaidAndTheReasonIsTold(DeclineReason reason, PaymentRequirements asked) throws Exception {
		this.server.thenAsk(asked).thenSell("1");
		assertThat(send().statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).isEmpty();
		assertThat(this.payers.events()).containsExactly(new PaymentEvent.Declined(this.server.uri(), reason, asked));
	}

	@Test
	void priceRaisedBetweenChallengeAndPaymentIsNotPaid() throws Exception {
		this.server.thenAsk(HostileServer.asking("1")).thenAsk(HostileServer.asking("100")).thenSell("100");
		assertThat(send().statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).singleElement()
			.satisfies((payment) -> assertThat(payment.accepted().amount()).isEqualTo("1"));
	}

	@Test
	void serverThatTakesMoreThanItAskedIsPaidNeverAgain() throws Exception {
		this.server.thenAsk(FAIR).thenSell("101").thenAsk(FAIR).thenSell("1");
		HttpClient client = client();
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).hasSize(1);
		assertThat(this.payers.events().get(0)).isInstanceOfSatisfying(PaymentEvent.Overcharged.class,
				(event) -> assertThat(event.accepted()).isEqualTo(BigInteger.valueOf(100)));
		assertThat(this.payers.events().get(1))
			.isEqualTo(new PaymentEvent.Declined(this.server.uri(), DeclineReason.STOPPED, FAIR));
	}

	@Test
	void redirectToAnotherOriginIsNotFollowedBeforeOrAfterThePayment() throws Exception {
		String away = this.accomplice.uri().toString();
		this.accomplice.thenAsk(FAIR).thenSell("1");
		for (int status : new int[] { 301, 302, 303, 307, 308 }) {
			this.server.then(status, "Location", away);
		}
		for (int i = 0; i < 5; i++) {
			assertThat(send().statusCode()).isBetween(301, 308);
		}
		this.server.thenAsk(FAIR).then(307, "Location", away);
		send();
		assertThat(this.accomplice.requests()).isZero();
	}

	@Test
	void challengeForEverIsPaidOnce() throws Exception {
		this.server.thenAsk(FAIR);
		assertThat(send().statusCode()).isEqualTo(402);
		assertThat(this.server.requests()).isEqualTo(2);
		assertThat(client().sendAsync(get(), BodyHandlers.ofString()).join().statusCode()).isEqualTo(402);
		assertThat(this.server.requests()).isEqualTo(4);
		assertThat(this.payers.events()).contains(new PaymentEvent.Refused(this.server.uri(), 402, "no reason given"));
	}

	@Test
	void hugeChallengeIsNotReadAndHugeTermsAreNotRepeated() throws Exception {
		PaymentRequirements swollen = new PaymentRequirements("session", "stellar:testnet", "1", "CUSDC", "GSHOP", 60,
				Map.of("spender", "GSPENDER", "x", "x".repeat(10_000)));
		this.server.then(402, PaymentHeader.REQUIRED, "A".repeat(100_000)).thenAsk(swollen).thenSell("1");
		assertThat(send().statusCode()).isEqualTo(402);
		assertThat(send().statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).isEmpty();
		assertThat(this.payers.events()).extracting((event) -> ((PaymentEvent.Declined) event).reason())
			.containsExactly(DeclineReason.UNREADABLE, DeclineReason.TOO_LONG);
	}

	@Test
	void baitAndSwitchInAcceptsPaysTheFairOneOnlyAndExactlyAsItWas() throws Exception {
		PaymentRequirements bait = HostileServer.asking("stellar:testnet", "1", "CUSDC", "GTHIEF");
		this.server.thenAsk(bait, HostileServer.asking("101"), FAIR, bait).thenSell("100");
		assertThat(send().statusCode()).isEqualTo(200);
		assertThat(this.server.payments()).extracting(PaymentPayload::accepted).containsExactly(FAIR);
	}

	@Test
	void budgetOfAPeriodHoldsWhateverTheServerSaysItTook() throws Exception {
		this.payers.budget(250);
		HttpClient client = client();
		this.server.thenAsk(FAIR).then(402, PaymentHeader.RESPONSE, HostileServer.receipt(false, "0"));
		this.server.thenAsk(FAIR).thenSell("0").thenAsk(FAIR);
		for (int i = 0; i < 3; i++) {
			client.send(get(), BodyHandlers.ofString());
		}
		assertThat(this.server.payments()).hasSize(2);
		assertThat(this.payers.events()).last()
			.isEqualTo(new PaymentEvent.Declined(this.server.uri(), DeclineReason.BUDGET, FAIR));
	}

	@Test
	void noEventShowsTheSessionId() throws Exception {
		this.server.thenAsk(FAIR).thenSell("100");
		send();
		assertThat(this.payers.events()).hasSize(2);
		assertThat(List.copyOf(this.payers.events()).toString()).doesNotContain(Payers.ID);
	}

	private HttpResponse<String> send() throws Exception {
		return client().send(get(), BodyHandlers.ofString());
	}

	private HttpClient client() {
		return this.payers.at(this.server.uri().toString()).httpClient();
	}

	private HttpRequest get() {
		return HttpRequest.newBuilder(this.server.uri()).build();
	}

}
