package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.jdk.PayingHttpClients;
import io.github.x402sessions.client.payment.offer.OfferCheck;
import io.github.x402sessions.client.payment.offer.SignedEvidence;
import io.github.x402sessions.core.offer.DidWeb;
import io.github.x402sessions.core.offer.OfferKey;
import io.github.x402sessions.core.offer.OfferReceipt;
import io.github.x402sessions.core.offer.OfferSigner;
import io.github.x402sessions.core.offer.SignatureFinding.Standing;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.fixtures.AdvancingClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client makes of signed offers: who is paid, who is not, and what is kept.
 */
class SignedOfferTests {

	private final SigningServer server = new SigningServer();

	private final AdvancingClock clock = AdvancingClock.running();

	private final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aServerThatSignsIsPaidAndTheEvidenceIsKept(boolean required) throws Exception {
		HttpClient client = client(required, false);
		assertThat(status(client)).isEqualTo(200);
		assertThat(status(client)).isEqualTo(200);
		assertThat(this.server.documents).hasValue(1);
		SignedEvidence evidence = paid(1).evidence();
		assertThat(evidence.offerCheck().holds()).isTrue();
		assertThat(evidence.offerCheck().content().isOf(SigningServer.PRICE)).isTrue();
		assertThat(evidence.receiptCheck().content().resourceUrl()).isEqualTo(this.server.uri().toString());
		assertThat(this.events.get(1).toString()).contains("signed=offer holds, receipt holds");
		assertThat(this.server.payments.get(0).extensions()).containsKey(OfferReceipt.EXTENSION);
	}

	static Stream<UnaryOperator<PaymentRequired>> lies() {
		return Stream.of((challenge) -> asking(challenge, "99"), (challenge) -> asking(challenge, "1"),
				(challenge) -> challenge
					.withResource(new ResourceInfo(challenge.resource().url() + "/other", null, null)),
				SignedOfferTests::forged, SignedOfferTests::ofAStranger, SignedOfferTests::ofAnotherKey);
	}

	@ParameterizedTest
	@MethodSource("lies")
	void aServerThatAsksForSomethingElseThanItSignsIsNotPaid(UnaryOperator<PaymentRequired> lie) throws Exception {
		this.server.challenges = lie;
		assertThat(status(client(false, false))).isEqualTo(402);
		assertDeclined("the signed offer is wrong: ");
	}

	private static PaymentRequired asking(PaymentRequired challenge, String amount) {
		return new PaymentRequired(2, null, challenge.resource(), List.of(HostileServer.asking(amount)),
				challenge.extensions());
	}

	private static PaymentRequired forged(PaymentRequired challenge) {
		return changed(challenge, (jws) -> jws.substring(0, jws.length() - 4) + "AAAA");
	}

	private static PaymentRequired changed(PaymentRequired challenge, UnaryOperator<String> change) {
		Map<?, ?> extension = (Map<?, ?>) challenge.extensions().get(OfferReceipt.EXTENSION);
		Map<?, ?> info = (Map<?, ?>) extension.get("info");
		Map<?, ?> offer = (Map<?, ?>) ((List<?>) info.get("offers")).get(0);
		return challenge.withExtension(OfferReceipt.EXTENSION, Map.of("info", Map.of("offers",
				List.of(Map.of("format", "jws", "signature", change.apply(String.valueOf(offer.get("signature"))))))));
	}

	/** Signed well, by somebody who does not speak for the server. */
	private static PaymentRequired ofAStranger(PaymentRequired challenge) {
		return SigningServer.signed(challenge,
				OfferSigner.builder(DidWeb.parse("did:web:stranger.example"), OfferKey.random()).build());
	}

	/** Signed in the server's name with a key that it does not publish. */
	private static PaymentRequired ofAnotherKey(PaymentRequired challenge) {
		DidWeb did = DidWeb.of(URI.create(challenge.resource().url()).resolve("/"));
		return SigningServer.signed(challenge, OfferSigner.builder(did, OfferKey.random()).build());
	}

	@Test
	void anOfferThatIsOverIsNotPaid() throws Exception {
		PaymentRequired old = SigningServer.signed(this.server.unsigned(), this.server.signer);
		this.server.challenges = (challenge) -> old;
		this.clock.advance(Duration.ofMinutes(5).plusSeconds(50));
		HttpClient client = client(false, false);
		assertThat(status(client)).isEqualTo(200);
		this.clock.advance(Duration.ofSeconds(15));
		assertThat(status(client)).isEqualTo(402);
		assertDeclined("the signed offer is wrong: it was good until ");
	}

	@Test
	void aServerThatSignsNothingIsPaidUnlessItHasTo() throws Exception {
		this.server.challenges = SigningServer::bare;
		assertThat(status(client(false, false))).isEqualTo(200);
		assertThat(paid(0).evidence().offer()).isNull();
		assertThat(paid(0).evidence().receiptCheck().standing()).isEqualTo(Standing.UNVERIFIED);
		assertThat(this.server.documents).hasValue(0);
		this.events.clear();
		assertThat(status(client(true, false))).isEqualTo(402);
		assertDeclined("the server has signed no offer");
	}

	@Test
	void aServerThatDoesNotPublishItsKeyIsPaidUnlessItHasTo() throws Exception {
		this.server.publishing = false;
		assertThat(status(client(false, false))).isEqualTo(200);
		assertThat(paid(0).evidence().offerCheck().why()).contains("not verified", "500");
		this.events.clear();
		assertThat(status(client(true, false))).isEqualTo(402);
		assertDeclined("the signed offer is not verified: the document of its key was answered 500");
	}

	@Test
	void anotherFormatIsNotVerified() throws Exception {
		this.server.challenges = (challenge) -> challenge.withExtension(OfferReceipt.EXTENSION,
				Map.of("info", Map.of("offers", List.of(Map.of("format", "eip712", "signature", "0x12")))));
		assertThat(status(client(false, false))).isEqualTo(200);
		this.events.clear();
		assertThat(status(client(true, false))).isEqualTo(402);
		assertDeclined("the signed offer is not verified: ");
		assertThat(this.server.documents).hasValue(0);
	}

	@Test
	void whatIsPaidAtOnceIsPaidWithoutAnOldOffer() throws Exception {
		HttpClient client = client(false, true);
		assertThat(status(client)).isEqualTo(200);
		assertThat(status(client)).isEqualTo(200);
		assertThat(this.server.payments.get(1).extensions()).doesNotContainKey(OfferReceipt.EXTENSION);
		assertThat(paid(1).evidence().offer()).isNull();
		HttpClient insisting = client(true, true);
		assertThat(status(insisting)).isEqualTo(200);
		assertThat(status(insisting)).isEqualTo(200);
		assertThat(paid(3).evidence().offerCheck().holds()).isTrue();
	}

	@Test
	void aReceiptForSomethingElseIsWrong() throws Exception {
		this.server.receipts = (receipt) -> receipt.withExtension(OfferReceipt.EXTENSION,
				this.server.signer.receipts()
					.of(this.server.unsigned().withResource(new ResourceInfo(this.server.uri() + "/other", null, null)),
							receipt)
					.orElseThrow());
		assertThat(status(client(false, false))).isEqualTo(200);
		assertThat(paid(0).evidence().receiptCheck().why()).isEqualTo("it is for something else");
		assertThat(paid(0).success()).isTrue();
	}

	private PaymentReceipt paid(int index) {
		assertThat(this.events).hasSizeGreaterThan(index);
		return ((PaymentEvent.Paid) this.events.get(index)).receipt();
	}

	private void assertDeclined(String why) {
		assertThat(this.server.payments).hasSizeLessThan(2);
		assertThat(this.events).last().isInstanceOfSatisfying(PaymentEvent.Declined.class, (declined) -> {
			assertThat(declined.reason()).isEqualTo(DeclineReason.OFFER);
			assertThat(declined.why()).startsWith(why);
		});
	}

	private int status(HttpClient client) throws IOException, InterruptedException {
		return client.send(HttpRequest.newBuilder(this.server.uri()).build(), BodyHandlers.ofString()).statusCode();
	}

	private HttpClient client(boolean required, boolean prepaying) {
		Payer payer = (offer) -> new PayerDecision.Pays(offer.challenge().accepts().get(0), new Asset("CUSDC", 7),
				Map.of("sessionId", "s"), (outcome) -> {
				})
			.now();
		PaymentOptions options = new PaymentOptions(Budget.unlimited(), this.events::add, prepaying, false,
				Duration.ofSeconds(2), Clock.systemUTC(), List.of(), "stellar:testnet", new Asset("CUSDC", 7),
				new OfferCheck(this.clock, required));
		return new PayingHttpClients(new PaidCallFactory(payer, options), options).shared();
	}

}
