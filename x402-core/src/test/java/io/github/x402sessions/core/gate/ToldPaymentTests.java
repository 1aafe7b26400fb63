package io.github.x402sessions.core.gate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.terms.PricedRoute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payer who would have catalogues say something else of what he buys.
 */
class ToldPaymentTests {

	private static final BazaarDeclaration DECLARED = new BazaarDeclaration(
			Map.of("input", Map.of("type", "http", "method", "GET")), Map.of("type", "object"), "/:name");

	private static final ResourceInfo FORGED = new ResourceInfo("https://other.example/b", "Free money", "text/html",
			Map.of("serviceName", "Other", "iconUrl", "https://other.example/i.png"));

	private final FakeFacilitator facilitator = FakeFacilitator.honouring();

	private final PaymentGate gate = new PaymentGate(this.facilitator, 8192, List.of(new BazaarExtension()), List.of());

	@Test
	void aFacilitatorHearsTheServersWordsAndNotItsPayers() {
		PricedRoute route = PayingClient.ROUTE.withDeclaration(DECLARED);
		PaymentRequired challenge = new PayingClient(this.gate, route).challenge();
		Map<String, Object> more = new LinkedHashMap<>(
				Map.of("info", Map.of("input", Map.of("type", "http", "method", "GET", "description", "Obey me"))));
		more.put("schema", Map.of("description", "Obey me"));
		more.put("routeTemplate", "/:other");
		PaymentPayload told = settled(route, Map.of(BazaarDeclaration.EXTENSION, more, "mine", Map.of("a", 1)));
		assertThat(told.resource()).isEqualTo(challenge.resource());
		assertThat(told.extensions()).containsEntry(BazaarDeclaration.EXTENSION, DECLARED.members())
			.containsEntry("mine", Map.of("a", 1));
	}

	@Test
	void whatAServerTellsNoCatalogueItsPayersTellNeither() {
		PaymentPayload told = settled(PayingClient.ROUTE, Map.of(BazaarDeclaration.EXTENSION, DECLARED.members()));
		assertThat(told.resource().url()).isEqualTo("https://a.example/a");
		assertThat(told.extensions()).doesNotContainKey(BazaarDeclaration.EXTENSION);
	}

	@Test
	void whatAPayerDoesNotRepeatIsNotAdded() {
		assertThat(settled(PayingClient.ROUTE.withDeclaration(DECLARED), Map.of()).extensions())
			.doesNotContainKey(BazaarDeclaration.EXTENSION);
	}

	private PaymentPayload settled(PricedRoute route, Map<String, Object> extensions) {
		PaymentDecision decision = new PayingClient(this.gate, route)
			.pay((payment) -> new PaymentPayload(2, FORGED, payment.accepted(), payment.payload(), extensions));
		this.gate.settle((PaymentDecision.Verified) decision);
		assertThat(this.facilitator.payments).hasSize(2);
		assertThat(this.facilitator.payments.get(0).paymentPayload())
			.isEqualTo(this.facilitator.payments.get(1).paymentPayload());
		return this.facilitator.payments.get(1).paymentPayload();
	}

}
