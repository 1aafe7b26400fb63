package io.github.x402sessions.servlet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that passes the filter more than once, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class RepeatedFilterTests {

	@Parameter
	Container.Kind kind;

	private final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	@Test
	void aRequestIsChargedOnceHoweverOftenTheFilterIsMapped() throws Exception {
		PaymentFilter filter = filter();
		assertPaidOnce(filter, filter);
	}

	@Test
	void aRequestIsChargedOnceBySeveralFilters() throws Exception {
		assertPaidOnce(filter(), filter());
	}

	@Test
	void aFilterForWhichTheRequestIsFreeLeavesItsPaymentToTheNext() throws Exception {
		assertPaidOnce(filter("/other"), filter());
	}

	private void assertPaidOnce(PaymentFilter first, PaymentFilter second) throws Exception {
		Handlers.Handler handler = (request, response) -> response.getWriter().print(Handlers.GOODS);
		try (Container container = this.kind.start(Map.of("/sold", handler.servlet()), first, second)) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(container.uri() + "/sold"))
				.header("PAYMENT-SIGNATURE", PaidContainer.payment())
				.build();
			HttpResponse<String> response = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.body()).isEqualTo(Handlers.GOODS);
			assertThat(PaidContainer.receipt(response).success()).isTrue();
		}
		assertThat(this.facilitator.verified).hasValue(1);
		assertThat(this.facilitator.settled).hasValue(1);
	}

	private PaymentFilter filter() {
		return filter("/sold");
	}

	private PaymentFilter filter(String path) {
		PaymentTerms terms = PaymentTerms.of("session", PaidContainer.TERMS.network(),
				Asset.usdc(Network.STELLAR_TESTNET), "0.10", PaidContainer.TERMS.payTo());
		return PaymentFilter
			.builder(new PaymentGate(this.facilitator),
					RouteTable.builder().route(RouteMethod.ALL, path, PricedRoute.of(path, terms)).build())
			.build();
	}

}
