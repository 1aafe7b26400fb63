package io.github.x402sessions.servlet.challenge;

import java.io.IOException;
import java.util.Collection;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.PricedRoute;
import io.github.x402sessions.servlet.request.Exchange;
import io.github.x402sessions.servlet.request.ResourceUrl;
import jakarta.servlet.http.HttpServletRequest;

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
	public void check(Collection<PricedRoute> routes) {
		for (PricedRoute route : routes) {
			this.challenges.fit().judge(route, PaymentGate.knownTerms(route, "http://localhost" + route.name()));
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
	public void write(Exchange exchange, PaymentDecision decision) throws IOException {
		if (decision instanceof PaymentDecision.Challenge challenge) {
			this.challenges.write(exchange, challenge.required(), null);
		}
		else if (decision instanceof PaymentDecision.Refused refused) {
			this.challenges.write(exchange, refused.required(), refused.response());
		}
		else {
			this.problems.write(exchange.response(), problem(decision));
		}
	}

	private static Problem problem(PaymentDecision decision) {
		if (decision instanceof PaymentDecision.IdentifierSpent) {
			return Problem.identifierSpent();
		}
		if (decision instanceof PaymentDecision.IdentifierMissing) {
			return Problem.identifierMissing();
		}
		if (decision instanceof PaymentDecision.NotPayable) {
			return Problem.routeNotPayable();
		}
		if (decision instanceof PaymentDecision.Unavailable unavailable) {
			return unavailable.temporary() ? Problem.facilitatorUnavailable() : Problem.facilitatorUnusable();
		}
		throw new IllegalStateException("no answer to " + decision.getClass().getSimpleName());
	}

}
