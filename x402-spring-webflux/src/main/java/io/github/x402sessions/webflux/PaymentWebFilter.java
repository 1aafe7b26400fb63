package io.github.x402sessions.webflux;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.challenge.RedirectHeader;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.webflux.answer.ExchangeAnswers;
import io.github.x402sessions.webflux.hold.GateThreads;
import io.github.x402sessions.webflux.hold.PreflightServerResponse;
import io.github.x402sessions.webflux.hold.PrivateServerResponse;
import io.github.x402sessions.webflux.hold.RawServerResponse;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Charges for exchanges: finds the route's price, asks for a payment where none came,
 * lets verified requests through and settles at the moment when their answer would leave.
 * Nothing of the handler's answer leaves unless it is settled; answers with a status of
 * 400 or more are not charged. It stands behind filters that authenticate and in front of
 * those that change the body. Nothing of it blocks an event loop. Thread-safe.
 *
 * @see #builder(PaymentGate, ExchangePricing)
 */
public final class PaymentWebFilter implements WebFilter {

	private final ExchangePricing pricing;

	private final ExchangeListeners listeners;

	private final ExchangeAnswers answers;

	private final GateThreads threads;

	private final ExchangeSale sale;

	private final boolean keepPaymentHeaders;

	PaymentWebFilter(ExchangePricing pricing, ExchangeListeners listeners, ExchangeAnswers answers, GateThreads threads,
			ExchangeSale sale, boolean keepPaymentHeaders) {
		this.pricing = pricing;
		this.listeners = listeners;
		this.answers = answers;
		this.threads = threads;
		this.sale = sale;
		this.keepPaymentHeaders = keepPaymentHeaders;
	}

	/**
	 * Start a filter.
	 * @param gate decides and settles
	 * @param pricing tells what an exchange costs
	 * @return a builder
	 */
	public static PaymentWebFilterBuilder builder(PaymentGate gate, ExchangePricing pricing) {
		return new PaymentWebFilterBuilder(Objects.requireNonNull(gate, "gate"),
				Objects.requireNonNull(pricing, "pricing"));
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return this.pricing.find(exchange)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((route) -> route.isPresent() ? priced(route.get(), exchange, chain)
					: chain.filter(with(exchange, view(exchange), exchange.getResponse())));
	}

	/**
	 * End the answers that are charged while they stream: what has left by now is
	 * settled, which is waited for a moment, and nothing more can be charged for them. To
	 * be called when the application stops, while its facilitator can still be called.
	 */
	public void concludeStreams() {
		this.sale.concludeStreams();
	}

	private Mono<Void> priced(PricedRoute route, ServerWebExchange exchange, WebFilterChain chain) {
		if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
			PreflightServerResponse response = new PreflightServerResponse(exchange.getResponse());
			return response.carry(chain.filter(with(exchange, view(exchange), response)));
		}
		if (RedirectHeader.isAskedFor(exchange.getRequest().getHeaders().getFirst(RedirectHeader.NAME))) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> tellRedirect(exchange.getResponse())));
		}
		RawServerResponse raw = new RawServerResponse(exchange.getResponse());
		return ExchangeRequests.changesProtocol(exchange.getRequest()) ? answer(raw, Problem.protocolChange())
				: KnownExchange.of(exchange).flatMap((known) -> charge(route, known, raw, chain));
	}

	private Mono<Void> charge(PricedRoute route, KnownExchange known, RawServerResponse raw, WebFilterChain chain) {
		Mono<Access> asked = this.listeners.isEmpty() ? Mono.just(Access.CHARGE)
				: this.threads.admit(() -> this.listeners.access(known, route));
		return asked.map(Optional::of).onErrorResume(RejectedExecutionException.class, (full) -> {
			this.answers.write(raw, Problem.facilitatorUnavailable());
			return Mono.just(Optional.empty());
		}).flatMap((access) -> access.isPresent() ? allowed(access.get(), route, known, raw, chain) : raw.send());
	}

	private static void tellRedirect(ServerHttpResponse response) {
		HttpStatusCode status = response.getStatusCode();
		String location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
		if (status != null && location != null && RedirectHeader.isRedirect(status.value())) {
			response.setStatusCode(HttpStatus.OK);
			response.getHeaders().remove(HttpHeaders.LOCATION);
			response.getHeaders().set(RedirectHeader.NAME, location);
		}
	}

	private Mono<Void> allowed(Access access, PricedRoute route, KnownExchange known, RawServerResponse raw,
			WebFilterChain chain) {
		ServerWebExchange exchange = known.getDelegate();
		return switch (access) {
			case GRANT -> {
				exchange.getAttributes().put(ExchangePricing.AUTHORIZED_ROUTE, route);
				yield chain
					.filter(with(exchange, view(exchange), new PrivateServerResponse(exchange.getResponse(), raw)));
			}
			case DENY -> answer(raw, Problem.denied());
			case CHARGE -> this.sale.sell(new PricedExchange(route, known, view(exchange), raw), chain);
		};
	}

	private Mono<Void> answer(RawServerResponse raw, Problem problem) {
		this.answers.write(raw, problem);
		return raw.send();
	}

	/** What those behind the filter see of a request. */
	private ServerHttpRequest view(ServerWebExchange exchange) {
		return this.keepPaymentHeaders ? exchange.getRequest() : ExchangeRequests.withoutPayment(exchange.getRequest());
	}

	/** What hides nothing is the very exchange. */
	@SuppressWarnings("ReferenceEquality")
	private static ServerWebExchange with(ServerWebExchange exchange, ServerHttpRequest request,
			ServerHttpResponse response) {
		return (request == exchange.getRequest() && response == exchange.getResponse()) ? exchange
				: exchange.mutate().request(request).response(response).build();
	}

}
