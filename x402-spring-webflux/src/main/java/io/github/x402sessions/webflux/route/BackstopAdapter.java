package io.github.x402sessions.webflux.route;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.webflux.ExchangePricing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses to run a priced handler that the payment filter has not let through, or has let
 * through for another price: a filter behind it may have changed the request. It stands
 * before all other adapters, so whatever the dispatcher runs comes by here. Thread-safe.
 */
public final class BackstopAdapter implements HandlerAdapter, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(BackstopAdapter.class);

	private static final byte[] PROBLEM = """
			{"type":"urn:x402-sessions:problem:payment-bypassed","title":"The payment was not checked","status":500,\
			"detail":"The request was changed after it was priced. The operator of this server has to mend it."}"""
		.getBytes(StandardCharsets.UTF_8);

	private final AnnotatedExchangePricing annotations;

	private final ConfiguredExchangePricing configured;

	private final Supplier<List<HandlerAdapter>> others;

	/**
	 * Create the backstop.
	 * @param annotations prices of handler methods
	 * @param configured prices of configured routes
	 * @param others all other adapters, in their order; asked once, with the first use
	 */
	public BackstopAdapter(AnnotatedExchangePricing annotations, ConfiguredExchangePricing configured,
			Supplier<List<HandlerAdapter>> others) {
		this.annotations = annotations;
		this.configured = configured;
		this.others = SingletonSupplier.of(others);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/** The others are asked once, and only for what may run. */
	@Override
	public boolean supports(Object handler) {
		return true;
	}

	private Mono<HandlerResult> run(ServerWebExchange exchange, Object handler) {
		for (HandlerAdapter adapter : this.others.get()) {
			if (adapter.supports(handler)) {
				return adapter.handle(exchange, handler);
			}
		}
		return Mono.error(new IllegalStateException("No HandlerAdapter: " + handler));
	}

	@Override
	public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
		Optional<PricedRoute> unpaid = unpaid(exchange, handler);
		if (unpaid.isEmpty()) {
			return run(exchange, handler);
		}
		logger.error(
				"Refused to run {} for the priced route '{}': the payment filter has not decided on it. Is there "
						+ "a filter behind it that changes the request? It has to stand in front of it.",
				handler, unpaid.get().name());
		return refuse(exchange.getResponse()).then(Mono.empty());
	}

	private Optional<PricedRoute> unpaid(ServerWebExchange exchange, Object handler) {
		PricedRoute decided = exchange.getAttribute(ExchangePricing.AUTHORIZED_ROUTE);
		if (decided != null && !this.annotations.knows(decided) && !this.configured.knows(decided)) {
			// What a pricing of the application's own has priced is its own decision.
			return Optional.empty();
		}
		Optional<PricedRoute> price = (handler instanceof HandlerMethod method) ? this.annotations.price(method)
				: Optional.empty();
		return price.or(() -> this.configured.find(exchange.getRequest())).filter((route) -> !route.equals(decided));
	}

	private static Mono<Void> refuse(ServerHttpResponse response) {
		response.setStatusCode(HttpStatus.INTERNAL_SERVER_ERROR);
		response.getHeaders().set("Cache-Control", "no-store");
		response.getHeaders().set("Content-Type", "application/problem+json");
		response.getHeaders().setContentLength(PROBLEM.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(PROBLEM)));
	}

}
