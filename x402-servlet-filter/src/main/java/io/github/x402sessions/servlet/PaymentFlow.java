package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Optional;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.PricedRoute;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The course of a request: what it costs, whether it is charged, whether its payment
 * holds, and then its handler or an answer in the handler's place. Thread-safe.
 */
final class PaymentFlow {

	private final PaymentGate gate;

	private final RoutePricing pricing;

	private final PaymentListeners listeners;

	private final PaidChain paid;

	private final Answers answers;

	private final PaymentHeaderReader reader = new PaymentHeaderReader();

	PaymentFlow(PaymentGate gate, RoutePricing pricing, PaymentListeners listeners, PaidChain paid, Answers answers) {
		this.gate = gate;
		this.pricing = pricing;
		this.listeners = listeners;
		this.paid = paid;
		this.answers = answers;
	}

	void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		PaidExchange inFlight = PaidExchange.of(request);
		Optional<PricedRoute> route = (inFlight == null) ? find(request) : Optional.empty();
		if (inFlight != null) {
			inFlight.resume(request, response, chain);
		}
		else if (route.isPresent() && Preflight.is(request)) {
			Preflight.run(request, response, chain);
		}
		else if (route.isPresent()) {
			charge(route.get(), request, response, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private Optional<PricedRoute> find(HttpServletRequest request) {
		return (request.getDispatcherType() == DispatcherType.REQUEST) ? this.pricing.find(request) : Optional.empty();
	}

	private void charge(PricedRoute route, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		switch (this.listeners.access(request, route)) {
			case GRANT -> {
				request.setAttribute(PaymentFilter.DECIDED, route);
				chain.doFilter(request, response);
			}
			case DENY -> this.answers.problems().write(response, Problem.denied());
			case CHARGE -> sell(new Exchange(route, request, response), chain);
		}
	}

	private void sell(Exchange exchange, FilterChain chain) throws IOException, ServletException {
		PaymentDecision decision = decide(exchange);
		if (decision instanceof PaymentDecision.Verified verified) {
			exchange.request().setAttribute(PaymentFilter.DECIDED, exchange.route());
			this.paid.proceed(verified, exchange, chain);
		}
		else {
			this.answers.write(exchange, decision);
		}
	}

	private PaymentDecision decide(Exchange exchange) {
		try {
			return this.gate.decide(exchange.route(), this.answers.resourceUrl(exchange.request()),
					this.reader.read(exchange.request()));
		}
		catch (MalformedMessageException ex) {
			return new PaymentDecision.Malformed("The payment is malformed: " + ex.getMessage());
		}
	}

}
