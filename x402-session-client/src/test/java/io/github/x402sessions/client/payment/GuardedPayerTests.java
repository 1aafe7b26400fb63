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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GuardedPayer}: a payer that fails does not pay, and breaks no call.
 */
class GuardedPayerTests {

	private static final PaymentRequirements PRICE = HostileServer.asking("100");

	private final HostileServer server = new HostileServer();

	private final List<PaymentEvent> events = new CopyOnWriteArrayList<>();

	GuardedPayerTests() throws IOException {
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	static Stream<Payer> failingPayers() {
		return Stream.of((offer) -> {
			throw new IllegalStateException("no key");
		}, (offer) -> CompletableFuture.failedFuture(new IOException("no wallet")),
				(offer) -> CompletableFuture.supplyAsync(() -> {
					throw new AssertionError();
				}), (offer) -> {
					CompletableFuture<PayerDecision> cancelled = new CompletableFuture<>();
					cancelled.cancel(false);
					return cancelled;
				}, (offer) -> nothing(), (offer) -> CompletableFuture.completedFuture(nothing()),
				(offer) -> pays(HostileServer.asking("a lot"), (outcome) -> {
				}));
	}

	@ParameterizedTest
	@MethodSource("failingPayers")
	void challengeIsTheCallersWhereThePayerFails(Payer payer) throws Exception {
		this.server.thenAsk(PRICE);
		HttpClient client = client(payer, false);
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(client.sendAsync(get(), BodyHandlers.ofString()).join().statusCode()).isEqualTo(402);
		assertThat(this.server.payments()).isEmpty();
		PaymentEvent failed = new PaymentEvent.Declined(this.server.uri(), DeclineReason.PAYER_FAILED, null);
		assertThat(this.events).containsExactly(failed, failed);
	}

	@ParameterizedTest
	@MethodSource("failingPayers")
	void requestGoesOutUnpaidWhereThePayerFailsBeforeIt(Payer payer) throws Exception {
		this.server.thenAsk(PRICE).thenSell("100").then(200);
		CompletableFuture<Payer> later = new CompletableFuture<>();
		HttpClient client = client((offer) -> later.getNow(GuardedPayerTests::pay).answer(offer), true);
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		later.complete(payer);
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(this.server.payments()).hasSize(1);
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Paid.class);
	}

	@Test
	void challengeIsTheCallersWhereWhatIsToBeSignedIsNot() throws Exception {
		this.server.thenAsk(PRICE);
		HttpClient client = client((offer) -> new PayerDecision.Pays(PRICE, new Asset("CUSDC", 7), () -> {
			throw new IllegalStateException();
		}, (outcome) -> {
		}, Set.of()).now(), false);
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(402);
		assertThat(this.events)
			.containsExactly(new PaymentEvent.Declined(this.server.uri(), DeclineReason.PAYER_FAILED, PRICE));
	}

	@Test
	void answerReachesTheCallerWhereThePayerFailsToHearOfIt() throws Exception {
		this.server.thenAsk(PRICE).thenSell("100");
		HttpClient client = client((offer) -> pays(PRICE, (outcome) -> {
			throw new IllegalStateException();
		}), false);
		assertThat(client.send(get(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		assertThat(this.events).singleElement().isInstanceOf(PaymentEvent.Paid.class);
	}

	@Test
	void nobodyKnowsThatAPayerWouldPayThatFailsToSaySo() {
		Payer failing = new Payer() {

			@Override
			public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
				return pay(offer);
			}

			@Override
			public boolean mayPayAt(URI url) {
				throw new IllegalStateException();
			}

		};
		assertThat(new GuardedPayer(failing).mayPayAt(this.server.uri())).isFalse();
	}

	private HttpClient client(Payer payer, boolean prepaying) {
		return new Payments(payer, new PaymentOptions(Budget.unlimited(), this.events::add, prepaying, false,
				Duration.ofSeconds(2), Clock.systemUTC(), List.of(), "stellar:testnet", new Asset("CUSDC", 7)))
			.httpClient();
	}

	private HttpRequest get() {
		return HttpRequest.newBuilder(this.server.uri()).build();
	}

	private static CompletableFuture<PayerDecision> pay(PaymentOffer offer) {
		return pays(offer.challenge().accepts().get(0), (outcome) -> {
		});
	}

	private static CompletableFuture<PayerDecision> pays(PaymentRequirements way,
			Consumer<PaymentEvent.Outcome> outcomes) {
		return new PayerDecision.Pays(way, new Asset("CUSDC", 7), Map.of("voucher", "v1"), outcomes).now();
	}

	/** What a payer without null checks may return. */
	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
