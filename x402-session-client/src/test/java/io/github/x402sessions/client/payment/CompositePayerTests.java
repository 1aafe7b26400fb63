package io.github.x402sessions.client.payment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

	private int send(Payers all) throws Exception {
		return all.at(this.server.uri().toString())
			.httpClient()
			.send(HttpRequest.newBuilder(this.server.uri()).build(), BodyHandlers.ofString())
			.statusCode();
	}

	private CompletableFuture<PayerDecision> payByVoucher(PaymentOffer offer) {
		return new PayerDecision.Pays(offer.challenge().accepts().get(0), new Asset("CUSDC", 7),
				Map.of("voucher", "v1"), this.payers.events()::add)
			.now();
	}

	private static CompletableFuture<PayerDecision> decline(DeclineReason reason) {
		return new PayerDecision.Declines(reason, null).now();
	}

}
