package io.github.x402sessions.servlet.challenge;

import java.io.IOException;
import java.util.Collection;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.request.Exchange;
import io.github.x402sessions.servlet.request.ResourceUrl;
import io.github.x402sessions.servlet.request.UnreadBody;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the filter itself says to clients.
 *
 * @param resource names what is for sale
 * @param challenges asks for payments
 * @param failedSettlements asks again when a settlement was refused
 * @param problems says what is wrong
 */
public record FilterResponses(ResourceUrl resource, ChallengeWriter challenges, ChallengeWriter failedSettlements,
		ProblemWriter problems) {

	/**
	 * Check the terms of routes, as far as they are known.
	 * @throws IllegalArgumentException if some cannot be sent
	 */
	public void check(PaymentGate gate, Collection<PricedRoute> routes) {
		for (PricedRoute route : routes) {
			this.challenges.fit().judge(route, gate.knownChallenge(route, "http://localhost" + route.name()));
		}
	}

	public String resourceUrl(HttpServletRequest request) {
		return this.resource.of(request);
	}

	/**
	 * Answer a request that does not reach its handler.
	 * @param exchange the request and its uncommitted response
	 * @param decision why it does not
	 * @throws IOException if the client has gone
	 */
	public void write(Exchange exchange, PaymentDecision.Denied decision) throws IOException {
		ExchangeWriter writer = decision.fold((challenge) -> challenge(challenge.required(), null),
				(refused) -> challenge(refused.required(), refused.response()),
				(unavailable) -> problem(
						unavailable.temporary() ? Problem.facilitatorUnavailable() : Problem.facilitatorUnusable()),
				this::settlementUnknown, (notPayable) -> problem(Problem.routeNotPayable()),
				(spent) -> problem(Problem.identifierSpent()), (missing) -> problem(Problem.identifierMissing()));
		UnreadBody.finish(exchange);
		writer.write(exchange);
	}

	/**
	 * Answer a request that does not reach its handler.
	 * @param exchange the request and its uncommitted response
	 * @param problem why it does not
	 * @throws IOException if the client has gone
	 */
	public void write(Exchange exchange, Problem problem) throws IOException {
		UnreadBody.finish(exchange);
		this.problems.write(exchange.response(), problem);
	}

	private ExchangeWriter challenge(PaymentRequired required, @Nullable SettleResponse failure) {
		return (exchange) -> this.challenges.write(exchange, required, failure);
	}

	private ExchangeWriter settlementUnknown(PaymentDecision.SettlementUnknown unknown) {
		return (exchange) -> {
			ReceiptHeader.set(exchange.response(), unknown.response());
			this.problems.write(exchange.response(), Problem.settlementUnknown(true), true);
		};
	}

	private ExchangeWriter problem(Problem problem) {
		return (exchange) -> this.problems.write(exchange.response(), problem);
	}

}
