package io.github.x402sessions.benchmarks.load;

import java.net.URI;
import java.util.List;

import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;

/**
 * The goods of all benchmarks and the filter that charges for them.
 */
public final class Store {

	private static final String PAY_TO = "GB5A2KCODMSAV7LTCHZABH3AOB7N2LIDD4Q64PGBW76OYZPHFYFT4ANG";

	private Store() {
	}

	/**
	 * Make a route of 0.01 USDC.
	 * @param name the route's name
	 * @return the route
	 */
	public static PricedRoute quote(String name) {
		return CommonTerms.of(CommonTerms.DEFAULT_SCHEME, CommonTerms.DEFAULT_NETWORK, null, null, PAY_TO)
			.route(name, "0.01", "A line to think about", "application/json");
	}

	/**
	 * Price the paths of {@link LoadServer}.
	 * @return the routes
	 */
	static RouteTable routes() {
		RouteTable.Builder routes = RouteTable.builder();
		for (String path : List.of("/quote", "/stream", "/big")) {
			routes.route(RouteMethod.of("GET"), path, quote("GET " + path));
		}
		return routes
			.route(RouteMethod.of("GET"), "/slow", quote("GET /slow").withTiming(SettlementTiming.DURING_HANDLER))
			.build();
	}

	/**
	 * Make the filter, which is to refuse none of the load's connections.
	 * @param facilitator the facilitator's URL
	 * @return a filter
	 */
	static PaymentFilter filter(URI facilitator) {
		PaymentGate gate = new PaymentGate(RefreshingFacilitator
			.start(FacilitatorEndpoint.of(FacilitatorOptions.of(facilitator).withMaxConcurrentVerifies(64))));
		return PaymentFilter.builder(gate, routes()).build();
	}

}
