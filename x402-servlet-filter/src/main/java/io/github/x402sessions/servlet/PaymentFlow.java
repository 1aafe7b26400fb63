package io.github.x402sessions.servlet;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.ReceivedCall;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.purchase.IdempotencyDecision;
import io.github.x402sessions.core.purchase.IdempotencyGuard;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.purchase.StoredResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.body.SignedBody;
import io.github.x402sessions.servlet.challenge.FilterResponses;
import io.github.x402sessions.servlet.challenge.PrivateResponse;
import io.github.x402sessions.servlet.challenge.ToldRedirect;
import io.github.x402sessions.servlet.hold.PaidExchange;
import io.github.x402sessions.servlet.hold.Preflight;
import io.github.x402sessions.servlet.idempotency.ReadBodyHash;
import io.github.x402sessions.servlet.idempotency.ReplayWriter;
import io.github.x402sessions.servlet.idempotency.RequestLine;
import io.github.x402sessions.servlet.payment.PaymentListeners;
import io.github.x402sessions.servlet.payment.ProtocolChange;
import io.github.x402sessions.servlet.request.Exchange;
import io.github.x402sessions.servlet.request.PaymentHeaderReader;
import io.github.x402sessions.servlet.request.UnpaidRequest;
import io.github.x402sessions.servlet.route.AmbiguousPathException;
import io.github.x402sessions.servlet.route.RoutePricing;
import io.github.x402sessions.servlet.settle.PaidRequestHandler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The course of a request: what it costs, whether it is charged, whether its payment
 * holds, and then its handler or an answer in the handler's place. Thread-safe.
 */
final class PaymentFlow {

	private final PaymentGate gate;

	private final RoutePricing pricing;

	private final PaymentListeners listeners;

	private final PaidRequestHandler paid;

	private final FilterResponses responses;

	private final IdempotencyGuard guard;

	private final PaymentHeaderReader reader;

	private final SignedBodies signedBodies;

	private final SignedCallCheck signedCalls;

	private final UnaryOperator<HttpServletRequest> view;

	/**
	 * Create a flow.
	 * @param view what those behind the filter see of a request
	 */
	PaymentFlow(PaymentGate gate, RoutePricing pricing, PaymentListeners listeners, PaidRequestHandler paid,
			FilterResponses responses, IdempotencyGuard guard, SignedBodies signedBodies, SignedCallCheck signedCalls,
			UnaryOperator<HttpServletRequest> view) {
		this.gate = gate;
		this.pricing = pricing;
		this.listeners = listeners;
		this.paid = paid;
		this.responses = responses;
		this.guard = guard;
		this.signedBodies = signedBodies;
		this.signedCalls = signedCalls;
		this.reader = new PaymentHeaderReader(gate);
		this.view = view;
	}

	void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		PaidExchange inFlight = PaidExchange.of(request);
		if (inFlight != null) {
			inFlight.resume(this.view.apply(request), response, chain);
		}
		else {
			this.signedBodies.run(request, response,
					(given, same) -> begin((HttpServletRequest) given, response, chain));
		}
	}

	/** Keep what others read of a signed body until it is looked at. */
	void keepBody(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		this.signedBodies.run(request, response, chain);
	}

	/** End what streams: what has left is settled, and nothing more charged. */
	void concludeStreams() {
		this.paid.concludeStreams();
	}

	private void begin(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Optional<PricedRoute> route;
		try {
			route = find(request);
		}
		catch (AmbiguousPathException ex) {
			this.responses.write(Exchange.of(ex.route(), request, response), Problem.ambiguousPath());
			return;
		}
		if (route.isPresent() && Preflight.is(request)) {
			Preflight.run(this.view.apply(request), response, chain);
		}
		else if (route.isPresent()) {
			charge(route.get(), request, ToldRedirect.where(request, response), chain);
		}
		else {
			free(request, response, chain);
		}
	}

	/** What hides nothing is the very request. */
	@SuppressWarnings("ReferenceEquality")
	private void free(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest seen = unsold(request);
		if (seen == request && SignedBody.of(request) == null) {
			chain.doFilter(request, response);
		}
		else {
			UnpaidRequest.run(seen, response, chain);
		}
	}

	/** Where nothing is sold, nobody has to know the whole body. */
	private HttpServletRequest unsold(HttpServletRequest request) {
		SignedBody body = SignedBody.of(request);
		if (body != null) {
			body.forgo();
		}
		return this.view.apply(request);
	}

	private Optional<PricedRoute> find(HttpServletRequest request) {
		return (request.getDispatcherType() == DispatcherType.REQUEST) ? this.pricing.find(request) : Optional.empty();
	}

	private void charge(PricedRoute route, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		switch (this.listeners.access(request, route)) {
			case GRANT -> {
				request.setAttribute(RoutePricing.AUTHORIZED_ROUTE, route);
				new GrantedAnswer(request, new PrivateResponse(response),
						(status) -> this.listeners.granted(request, route, status))
					.run(unsold(request), chain);
			}
			case DENY -> this.responses.write(Exchange.of(route, request, response), Problem.denied());
			case CHARGE -> {
				if (ProtocolChange.isIn(request)) {
					this.responses.write(Exchange.of(route, request, response), Problem.protocolChange());
				}
				else {
					sell(Exchange.of(route, this.view.apply(request), response), chain);
				}
			}
		}
	}

	private void sell(Exchange exchange, FilterChain chain) throws IOException, ServletException {
		PaymentPayload payment;
		try {
			payment = this.reader.read(exchange.request());
		}
		catch (MalformedMessageException ex) {
			this.responses.write(exchange,
					Problem.malformedPayment("The payment header is malformed: " + ex.getMessage()));
			return;
		}
		Optional<Exchange> passed = (payment != null) ? this.signedCalls.pass(exchange, payment)
				: Optional.of(exchange);
		if (passed.isPresent()) {
			sell(passed.get(), payment, chain);
		}
	}

	private void sell(Exchange exchange, @Nullable PaymentPayload payment, FilterChain chain)
			throws IOException, ServletException {
		ReadBodyHash body = new ReadBodyHash(exchange.request());
		IdempotencyDecision decision = this.guard.admit(payment,
				(accepted) -> RequestLine.hash(exchange.request(), accepted), body);
		Step step = decision.fold((open) -> () -> sell(exchange, payment, open.purchase(), body, chain),
				(replay) -> () -> repeat(exchange, payment, replay),
				(busy) -> () -> this.responses.write(exchange, Problem.identifierBusy()),
				(taken) -> () -> this.responses.write(exchange, Problem.identifierSpent()),
				(unavailable) -> () -> this.responses.write(exchange, Problem.answersUnavailable()));
		step.run();
	}

	private void sell(Exchange exchange, @Nullable PaymentPayload payment, IdempotentPurchase purchase,
			ReadBodyHash body, FilterChain chain) throws IOException, ServletException {
		try {
			PaymentDecision decision = decide(exchange, payment, purchase.owedAmount());
			Step step = decision.fold((verified) -> () -> {
				exchange.request().setAttribute(RoutePricing.AUTHORIZED_ROUTE, exchange.route());
				this.paid.proceed(verified, exchange, purchase, body, chain);
			}, (denied) -> () -> {
				purchase.close();
				this.responses.write(exchange, denied);
			});
			step.run();
		}
		finally {
			if (PaidExchange.of(exchange.request()) == null) {
				purchase.close();
			}
		}
	}

	private PaymentDecision decide(Exchange exchange, @Nullable PaymentPayload payment, @Nullable BigInteger owed) {
		ReceivedCall call = this.signedCalls.call(exchange);
		return (payment != null && owed != null) ? this.gate.decideAgain(exchange.route(), call, payment, owed)
				: this.gate.decide(exchange.route(), call, payment);
	}

	/** The holder of a key alone gets what was bought with it. */
	private void repeat(Exchange exchange, @Nullable PaymentPayload payment, IdempotencyDecision.Replay replay)
			throws IOException, ServletException {
		if (payment == null || ReceivedCall.signedIn(payment).isEmpty()) {
			repeat(exchange, replay.response());
			return;
		}
		Step step = decide(exchange, payment, replay.amount()).fold(
				(verified) -> () -> repeat(exchange, replay.response()),
				(denied) -> () -> this.responses.write(exchange, denied));
		step.run();
	}

	private void repeat(Exchange exchange, StoredResponse stored) throws IOException {
		this.listeners.replayed(exchange.request(), exchange.route());
		ReplayWriter.write(exchange.response(), stored);
	}

	/** What comes next of a request. */
	@FunctionalInterface
	private interface Step {

		void run() throws IOException, ServletException;

	}

}
