package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.x402sessions.client.Payments;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CompositePayer}: a session, and a payer by another scheme.
 */
class CompositePayerTests {

	private static final PaymentRequirements VOUCHER = new PaymentRequirements("voucher", "stellar:testnet", "100",
			"CUSDC", "GSHOP", 60, Map.of());

	private final HostileServer server;

	private final Payers payers = new Payers();

	/** What the payer by vouchers heard. */
	private final List<PaymentEvent> heard = new CopyOnWriteArrayList<>();

	/** What the payer by vouchers was asked. */
	private final List<PaymentOffer> asked = new CopyOnWriteArrayList<>();

	CompositePayerTests() throws IOException {
		this.server = new HostileServer();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void anotherSchemeIsPaidByItsPayerWhereTheSessionDeclines() throws Exception {
		this.server.thenAsk(VOUCHER).thenSell("100");
		assertThat(send(this.payers.or(this::payByVoucher))).isEqualTo(200);
		assertThat(this.server.payments()).singleElement().satisfies((payment) -> {
			assertThat(payment.payload()).isEqualTo(Map.of("voucher", "v1"));
			assertThat(payment.accepted().scheme()).isEqualTo("voucher");
		});
		assertThat(this.payers.events()).singleElement().isInstanceOf(PaymentEvent.Paid.class);
		assertThat(this.heard).isEqualTo(this.payers.events());
	}

	@Test
	void sessionIsAskedFirst() throws Exception {
		this.server.thenAsk(VOUCHER, HostileServer.asking("100")).thenSell("100");
		assertThat(send(this.payers.or(this::payByVoucher))).isEqualTo(200);
		assertThat(this.server.payments()).singleElement()
			.satisfies((payment) -> assertThat(payment.accepted().scheme()).isEqualTo("session"));
	}

	@Test
	void budgetHoldsForAllSchemes() throws Exception {
		this.server.thenAsk(VOUCHER);
		assertThat(send(this.payers.budget(99).or(this::payByVoucher))).isEqualTo(402);
		assertThat(this.payers.events())
			.containsExactly(new PaymentEvent.Declined(this.server.uri(), DeclineReason.BUDGET, VOUCHER));
	}

	@Test
	void whoCameClosestTellsWhyNobodyPays() throws Exception {
		this.server.thenAsk(VOUCHER);
		send(this.payers.or((offer) -> decline(DeclineReason.PRICE)).or((offer) -> decline(DeclineReason.NETWORK)));
		assertThat(this.payers.events())
			.containsExactly(new PaymentEvent.Declined(this.server.uri(), DeclineReason.PRICE, null));
	}

	@Test
	void anyOfThemMayPayAtAUrl() {
		Payer there = new Payer() {

			@Override
			public CompletableFuture<PayerDecision> answer(PaymentOffer offer) {
				return decline(DeclineReason.SCHEME);
			}

			@Override
			public boolean mayPayAt(URI url) {
				return true;
			}

		};
		Payer nowhere = (offer) -> decline(DeclineReason.SCHEME);
		assertThat(new CompositePayer(List.of(nowhere, there)).mayPayAt(this.server.uri())).isTrue();
		assertThat(new CompositePayer(List.of(nowhere, nowhere)).mayPayAt(this.server.uri())).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> new CompositePayer(List.of()));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "SCHEME", "NO_SESSION", "FEES", "TIMEOUT" })
	void whoCouldPayAndDoesNotHasTheLastWord(DeclineReason reason) {
		Payer first = (offer) -> decline(reason);
		assertThat(answer(new CompositePayer(List.of(first, this::payByVoucher)), VOUCHER))
			.isEqualTo(new PayerDecision.Declines(reason, null));
		assertThat(
				answer(new CompositePayer(List.of((offer) -> decline(DeclineReason.SCHEME), first, this::payByVoucher)),
						VOUCHER))
			.isEqualTo(new PayerDecision.Declines(reason, null));
		assertThat(this.asked).isEmpty();
	}

	@Test
	void sessionThatThereIsNotSaysLeast() {
		Payer wallet = (offer) -> decline(DeclineReason.NO_SESSION);
		for (DeclineReason other : List.of(DeclineReason.PRICE, DeclineReason.SCHEME)) {
			assertThat(answer(new CompositePayer(List.of(wallet, (offer) -> decline(other))), VOUCHER))
				.isEqualTo(new PayerDecision.Declines(other, null));
			assertThat(answer(new CompositePayer(List.of((offer) -> decline(DeclineReason.SCHEME), wallet)), VOUCHER))
				.isEqualTo(new PayerDecision.Declines(DeclineReason.SCHEME, null));
		}
	}

	@Test
	void nobodyPaysAfterAServerTookTooMuch() throws Exception {
		this.server.thenAsk(HostileServer.asking("100")).thenSell("101").thenAsk(VOUCHER);
		Payments payments = this.payers.or(this::payByVoucher).at(this.server.uri().toString());
		assertThat(send(payments)).isEqualTo(200);
		assertThat(send(payments)).isEqualTo(402);
		assertThat(this.asked).isEmpty();
		assertThat(this.payers.events()).last()
			.isEqualTo(new PaymentEvent.Declined(this.server.uri(), DeclineReason.STOPPED, VOUCHER));
	}

	@Test
	void nobodyPaysAtAnOriginThatIsNotAllowed() throws Exception {
		this.server.thenAsk(VOUCHER);
		assertThat(send(this.payers.or(this::payByVoucher).at("http://elsewhere/"))).isEqualTo(402);
		assertThat(this.asked).isEmpty();
		assertThat(this.payers.events())
			.containsExactly(new PaymentEvent.Declined(this.server.uri(), DeclineReason.ORIGIN, VOUCHER));
	}

	private static PayerDecision answer(Payer payer, PaymentRequirements... ways) {
		return payer
			.answer(new PaymentOffer(URI.create("http://shop/"),
					PaymentRequired.of(null, new ResourceInfo("http://shop/", null, null), List.of(ways)),
					PaymentIdentifier.random(), false, "GET", () -> BodyHash.EMPTY, null))
			.join();
	}

	private int send(Payers all) throws Exception {
		return send(all.at(this.server.uri().toString()));
	}

	private int send(Payments payments) throws Exception {
		return payments.httpClient()
			.send(HttpRequest.newBuilder(this.server.uri()).build(), BodyHandlers.ofString())
			.statusCode();
	}

	private CompletableFuture<PayerDecision> payByVoucher(PaymentOffer offer) {
		this.asked.add(offer);
		return new PayerDecision.Pays(offer.challenge().accepts().get(0), new Asset("CUSDC", 7),
				Map.of("voucher", "v1"), this.heard::add)
			.now();
	}

	private static CompletableFuture<PayerDecision> decline(DeclineReason reason) {
		return new PayerDecision.Declines(reason, null).now();
	}

}
