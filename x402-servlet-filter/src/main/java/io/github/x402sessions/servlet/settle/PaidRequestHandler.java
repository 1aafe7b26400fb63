package io.github.x402sessions.servlet.settle;

import java.io.IOException;
import java.util.concurrent.Executor;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.settle.MeteredStreams;
import io.github.x402sessions.core.settle.ResponseCopy;
import io.github.x402sessions.core.settle.SettleOnCommit;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.challenge.FilterResponses;
import io.github.x402sessions.servlet.challenge.ServletAnswer;
import io.github.x402sessions.servlet.hold.HeldResponse;
import io.github.x402sessions.servlet.hold.PaidExchange;
import io.github.x402sessions.servlet.idempotency.HashedRequest;
import io.github.x402sessions.servlet.idempotency.ReadBodyHash;
import io.github.x402sessions.servlet.payment.PaymentListeners;
import io.github.x402sessions.servlet.payment.RequestPayment;
import io.github.x402sessions.servlet.request.Exchange;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Runs the rest of the chain for a verified payment, with a {@link HeldResponse} in
 * between, and settles when the route wants it.
 */
public final class PaidRequestHandler {

	private final PaymentGate gate;

	private final PaymentListeners listeners;

	private final FilterResponses responses;

	private final int holdBudget;

	private final Executor executor;

	private final MeteredStreams streams = new MeteredStreams();

	public PaidRequestHandler(PaymentGate gate, PaymentListeners listeners, FilterResponses responses, int holdBudget,
			Executor executor) {
		this.gate = gate;
		this.listeners = listeners;
		this.responses = responses;
		this.holdBudget = holdBudget;
		this.executor = executor;
	}

	public void proceed(PaymentDecision.Verified verified, Exchange exchange, IdempotentPurchase purchase,
			ReadBodyHash body, FilterChain chain) throws IOException, ServletException {
		PricedRoute route = exchange.route();
		Payment payment = Payment.of(route, verified);
		Charge charge = new Charge(this.gate, payment, this.listeners.settlements(), purchase);
		this.listeners.verified(exchange.request(), payment);
		switch (route.timing()) {
			case AT_COMMIT, DEFERRED -> run(charge, exchange, purchase, body, chain);
			case DURING_HANDLER -> {
				if (charge.start(this.executor)) {
					run(charge, exchange, purchase, body, chain);
				}
				else {
					refuse(exchange, charge, charge.settle());
				}
			}
			case BEFORE_HANDLER -> {
				SettlementOutcome outcome = charge.settle();
				if (outcome instanceof SettlementOutcome.Settled) {
					run(charge, exchange, purchase, body, chain);
				}
				else {
					refuse(exchange, charge, outcome);
				}
			}
		}
	}

	/** End what streams: what has left is settled, and nothing more charged. */
	public void concludeStreams() {
		this.streams.conclude();
	}

	/** Who hears that may try again at once. */
	private void refuse(Exchange exchange, Charge charge, SettlementOutcome outcome) throws IOException {
		charge.end();
		new ExchangeFailure(this.responses, exchange).write(outcome, charge.isPaidOnce());
	}

	private void run(Charge charge, Exchange exchange, IdempotentPurchase purchase, ReadBodyHash body,
			FilterChain chain) throws IOException, ServletException {
		HttpServletRequest request = exchange.request();
		request.setAttribute(RequestPayment.ATTRIBUTE, charge.payment());
		SettleOnCommit settlement = new SettleOnCommit(charge, this.streams, exchange.route(),
				new RawResponse(exchange.response()), new ExchangeFailure(this.responses, exchange));
		purchase.handling();
		boolean bodiless = "HEAD".equals(request.getMethod());
		ResponseCopy copy = new ResponseCopy(purchase, new ServletAnswer(exchange.response()), this.holdBudget,
				bodiless);
		new PaidExchange(exchange.response(), this.holdBudget, settlement, copy, bodiless)
			.start(tellsBodies(exchange, purchase) ? new HashedRequest(request, body) : request, chain);
	}

	/** A body that was signed for is told from others by its signature. */
	private static boolean tellsBodies(Exchange exchange, IdempotentPurchase purchase) {
		return purchase.isTracked() && exchange.body() == null;
	}

}
