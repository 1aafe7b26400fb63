package io.github.x402sessions.servlet;

import java.net.URI;
import java.util.EnumSet;

import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;

/**
 * The README's example in Java: what stands there is the body of its method.
 */
final class ProgrammaticExample {

	private ProgrammaticExample() {
	}

	static void register(ServletContext context, URI facilitatorUrl, String payTo) {
		CommonTerms terms = CommonTerms.of("session", "stellar:testnet", null, null, payTo);
		RouteTable routes = RouteTable.builder()
			.route(RouteMethod.of("GET"), "/api/quote", terms.route("/api/quote", "0.01", "A quote", "text/plain"))
			.route(RouteMethod.ALL, "/reports/*", terms.route("/reports/*", "1.50", null, null))
			.build();
		RefreshingFacilitator facilitator = RefreshingFacilitator
			.start(FacilitatorEndpoint.of(FacilitatorOptions.of(facilitatorUrl)));
		PaymentFilter filter = PaymentFilter.builder(new PaymentGate(facilitator), routes)
			.holdBudget(64 * 1024)
			.build();
		FilterRegistration.Dynamic registration = context.addFilter("payments", filter);
		registration.setAsyncSupported(true);
		registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
	}

}
