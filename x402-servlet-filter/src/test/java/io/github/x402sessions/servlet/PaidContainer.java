package io.github.x402sessions.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A container that sells what its handlers answer under {@code /paid/NAME} for 0.10 and
 * gives it away under {@code /free/NAME}; an outer filter sets a header of its own.
 */
public final class PaidContainer implements AutoCloseable {

	static final int BUDGET = 16 * 1024;

	public static final PaymentRequirements TERMS = new PaymentRequirements("session", "stellar:testnet", "1000000",
			Asset.usdc(Network.STELLAR_TESTNET).id(), "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG", 300,
			Map.of());

	public final ScriptedFacilitator facilitator = new ScriptedFacilitator();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Container container;

	public PaidContainer(Container.Kind kind, Map<String, Handlers.Handler> handlers) throws Exception {
		this(kind, handlers, (route) -> route, (builder) -> {
		});
	}

	public PaidContainer(Container.Kind kind, Map<String, Handlers.Handler> handlers,
			UnaryOperator<PricedRoute> pricing, Consumer<PaymentFilterBuilder> customizer) throws Exception {
		this(kind, handlers, pricing, customizer, List.of(PaidContainer::outer), List.of());
	}

	public PaidContainer(Container.Kind kind, Map<String, Handlers.Handler> handlers, List<Filter> outside,
			List<Filter> inside) throws Exception {
		this(kind, handlers, (route) -> route, (builder) -> {
		}, outside, inside);
	}

	private PaidContainer(Container.Kind kind, Map<String, Handlers.Handler> handlers,
			UnaryOperator<PricedRoute> pricing, Consumer<PaymentFilterBuilder> customizer, List<Filter> outside,
			List<Filter> inside) throws Exception {
		RouteTable routes = RouteTable.builder()
			.route(RouteMethod.ALL, "/paid/*",
					pricing.apply(PricedRoute.of("/paid/*",
							PaymentTerms.of("session", TERMS.network(), Asset.usdc(Network.STELLAR_TESTNET), "0.10",
									TERMS.payTo()))))
			.build();
		PaymentFilterBuilder builder = PaymentFilter.builder(new PaymentGate(this.facilitator), routes)
			.holdBudget(BUDGET);
		customizer.accept(builder);
		PaymentFilter filter = builder.build();
		Filter[] filters = Stream.of(outside, List.<Filter>of(filter), inside)
			.flatMap(List::stream)
			.toArray(Filter[]::new);
		this.container = kind.start(handlers.entrySet()
			.stream()
			.flatMap((entry) -> Stream.of(Map.entry("/paid/" + entry.getKey(), entry.getValue()),
					Map.entry("/free/" + entry.getKey(), entry.getValue())))
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().servlet())), filters);
	}

	private static void outer(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		((HttpServletResponse) response).setHeader("X-Outer", "kept");
		chain.doFilter(request, new CountingResponse((HttpServletResponse) response).on(request));
	}

	public static String payment() {
		return PaymentHeader.encode(PaymentPayload.of(null, TERMS, Map.of("sessionId", "s")));
	}

	public static String payment(PaymentIdentifier identifier) {
		return payment(identifier, "s");
	}

	public static String payment(PaymentIdentifier identifier, String sessionId) {
		return PaymentHeader.encode(identifier.in(PaymentPayload.of(null, TERMS, Map.of("sessionId", sessionId))));
	}

	public static PaymentRequired challenge(HttpResponse<?> response) {
		return PaymentHeader.decode(response.headers().firstValue(PaymentHeader.REQUIRED).orElseThrow(),
				PaymentRequired.class, 65536);
	}

	public static SettleResponse receipt(HttpResponse<?> response) {
		return PaymentHeader.decode(response.headers().firstValue(PaymentHeader.RESPONSE).orElseThrow(),
				SettleResponse.class, 65536);
	}

	public static HttpResponse<String> get(URI uri, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = request(uri);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send("GET", path, headers);
	}

	public HttpResponse<String> pay(String path) throws IOException, InterruptedException {
		return send("GET", path, PaymentHeader.SIGNATURE, payment());
	}

	public HttpResponse<String> send(String method, String path, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = request(URI.create(this.container.uri() + path)).method(method,
				HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * On a connection of its own: a container may close the one before after a body that
	 * nobody has read, and a client sends no POST again.
	 */
	HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(request(URI.create(this.container.uri() + path)).POST(HttpRequest.BodyPublishers.ofString(body))
				.headers(headers)
				.build(), HttpResponse.BodyHandlers.ofString());
	}

	HttpResponse<InputStream> open(String path, String... headers) throws IOException, InterruptedException {
		return this.http.send(request(URI.create(this.container.uri() + path)).headers(headers).build(),
				HttpResponse.BodyHandlers.ofInputStream());
	}

	/** No test waits for ever. */
	private static HttpRequest.Builder request(URI uri) {
		return HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1));
	}

	URI uri() {
		return this.container.uri();
	}

	@Override
	public void close() {
		this.container.close();
	}

}
