package io.github.x402sessions.servlet.challenge;

import java.io.IOException;
import java.util.Collection;

import io.github.x402sessions.core.challenge.DirectAnswers;
import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.challenge.ResourceUrl;
import io.github.x402sessions.core.challenge.TermsBody;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.request.Exchange;
import io.github.x402sessions.servlet.request.UnreadBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Everything that the filter itself says to clients.
 *
 * @param resource names what is for sale
 * @param answers writes what is said
 * @param challenge asks for payments
 * @param failedSettlement asks again when a settlement was refused
 */
public record FilterResponses(ResourceUrl resource, DirectAnswers answers, ChallengeBody challenge,
		ChallengeBody failedSettlement) {

	/**
	 * Check the terms of routes, as far as they are known.
	 * @throws IllegalArgumentException if some cannot be sent
	 */
	public void check(PaymentGate gate, Collection<PricedRoute> routes) {
		this.answers.check(gate, routes);
	}

	public String resourceUrl(HttpServletRequest request) {
		return this.resource.of(request.getRequestURL().toString(), request.getRequestURI(), request.getQueryString());
	}

	/**
	 * Answer a request that does not reach its handler.
	 * @param exchange the request and its uncommitted response
	 * @param decision why it does not
	 * @throws IOException if the client has gone
	 */
	public void write(Exchange exchange, PaymentDecision.Denied decision) throws IOException {
		UnreadBody.finish(exchange);
		this.answers.write(answer(exchange), exchange.route(), decision, body(this.challenge, exchange));
	}

	/**
	 * Answer a request that does not reach its handler.
	 * @param exchange the request and its uncommitted response
	 * @param problem why it does not
	 * @throws IOException if the client has gone
	 */
	public void write(Exchange exchange, Problem problem) throws IOException {
		UnreadBody.finish(exchange);
		writeInPlace(exchange, problem);
	}

	/**
	 * Answer in the place of a handler that has run.
	 * @param exchange the request and its uncommitted response
	 * @param problem why its answer does not leave
	 * @throws IOException if the client has gone
	 */
	public void writeInPlace(Exchange exchange, Problem problem) throws IOException {
		write(exchange.response(), problem);
	}

	/**
	 * Answer with a problem.
	 * @param response an uncommitted response
	 * @param problem the problem
	 * @throws IOException if the client has gone
	 */
	public void write(HttpServletResponse response, Problem problem) throws IOException {
		this.answers.write(new ServletAnswer(response), problem);
	}

	/**
	 * Answer in a handler's place when its payment was not settled.
	 * @param exchange the request and its uncommitted response
	 * @param outcome the outcome, which is not a success
	 * @param once whether the same request again is paid for once
	 * @throws IOException if the client has gone
	 */
	public void write(Exchange exchange, SettlementOutcome outcome, boolean once) throws IOException {
		this.answers.write(answer(exchange), exchange.route(), outcome, once, body(this.failedSettlement, exchange));
	}

	private static ServletAnswer answer(Exchange exchange) {
		return new ServletAnswer(exchange.response());
	}

	private static TermsBody body(ChallengeBody body, Exchange exchange) {
		return (required, failure) -> body.make(exchange.request(), exchange.route(), required, failure);
	}

}
