package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.route.RouteTable;
import jakarta.servlet.http.HttpServlet;

/**
 * A container that sells {@code /sold} on the terms of {@link PaidContainer} by a filter
 * that the test configures.
 */
public final class Storefront implements AutoCloseable {

	private final HttpClient http = HttpClient.newHttpClient();

	private final Container container;

	public Storefront(Container.Kind kind, Facilitator facilitator, PricedRoute route,
			UnaryOperator<PaymentFilterBuilder> configure) throws Exception {
		RouteTable routes = RouteTable.builder().route(RouteMethod.ALL, "/sold/*", route).build();
		PaymentFilter filter = configure.apply(PaymentFilter.builder(new PaymentGate(facilitator), routes)).build();
		HttpServlet servlet = Handlers.all().get("writer").servlet();
		this.container = kind.start(Map.of("/sold/*", servlet), filter);
	}

	public Storefront(Container.Kind kind, Facilitator facilitator) throws Exception {
		this(kind, facilitator, route("session", "An answer"), (builder) -> builder);
	}

	public static PricedRoute route(String scheme, String description) {
		return new PricedRoute("/sold", List.of(PaymentTerms.of(scheme, PaidContainer.TERMS.network(),
				Asset.usdc(Network.STELLAR_TESTNET), "0.10", PaidContainer.TERMS.payTo())), description, null);
	}

	public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send("GET", path, headers);
	}

	public HttpResponse<String> send(String method, String path, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.container.uri() + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.timeout(Eventually.PATIENCE);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	public HttpResponse<String> pay() throws IOException, InterruptedException {
		return get("/sold", PaymentHeader.SIGNATURE, PaidContainer.payment());
	}

	@Override
	public void close() {
		this.container.close();
	}

}
