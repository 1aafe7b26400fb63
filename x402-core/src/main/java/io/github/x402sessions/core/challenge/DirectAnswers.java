package io.github.x402sessions.core.challenge;

import java.io.IOException;
import java.util.Collection;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a server says itself in the place of a handler whose payment is
 * missing, was refused or was not settled. Thread-safe.
 */
public final class DirectAnswers {

	private final ChallengeWriter challenges;

	private final ProblemWriter problems = new ProblemWriter();

	private final ChallengeFit fit;

	/**
	 * Create the answers.
	 * @param prepared remembers terms as they are sent
	 * @param maxHeaderSize how large all headers of a response may be, bytes
	 */
	public DirectAnswers(PreparedTerms prepared, int maxHeaderSize) {
		this.fit = new ChallengeFit(maxHeaderSize);
		this.challenges = new ChallengeWriter(prepared, this.fit, this.problems);
	}

	/**
	 * Check the terms of routes, as far as they are known.
	 * @param gate what its challenges would be
	 * @param routes the routes
	 * @throws IllegalArgumentException if some cannot be sent
	 */
	public void check(PaymentGate gate, Collection<PricedRoute> routes) {
		for (PricedRoute route : routes) {
			this.fit.judge(route, gate.knownChallenge(route, "http://localhost" + route.name()));
		}
	}

	/**
	 * Answer a request that does not reach its handler.
	 * @param answer the answer
	 * @param route the route that the request is for
	 * @param decision why it does not
	 * @param body makes the body of a challenge
	 * @throws IOException if the client has gone
	 */
	public void write(OwnAnswer answer, PricedRoute route, PaymentDecision.Denied decision, TermsBody body)
			throws IOException {
		Writer writer = decision.fold((challenge) -> challenge(route, challenge.required(), null, body),
				(refused) -> challenge(route, refused.required(), refused.response(), body),
				(unavailable) -> problem(
						unavailable.temporary() ? Problem.facilitatorUnavailable() : Problem.facilitatorUnusable()),
				(unknown) -> problem(unknown.response(), Problem.settlementUnknown(true), true),
				(notPayable) -> problem(Problem.routeNotPayable()), (spent) -> problem(Problem.identifierSpent()),
				(missing) -> problem(Problem.identifierMissing()));
		writer.write(answer);
	}

	/**
	 * Answer in the place of a handler whose payment was not settled: 402 if it was
	 * refused, 503 or 502 if it was not made, 502 if it is not proven, 503 if nobody
	 * knows.
	 * @param answer the answer
	 * @param route the route that the request is for
	 * @param outcome the outcome, which is not a success
	 * @param once whether the same request again is paid for once
	 * @param body makes the body of a challenge
	 * @throws IOException if the client has gone
	 */
	public void write(OwnAnswer answer, PricedRoute route, SettlementOutcome outcome, boolean once, TermsBody body)
			throws IOException {
		Writer writer = outcome.fold((settled) -> {
			throw new IllegalArgumentException("a settlement that succeeded is no failure");
		}, (refused) -> challenge(route, refused.required(), refused.response(), body),
				(notMade) -> failure(notMade,
						notMade.temporary() ? Problem.facilitatorUnavailable() : Problem.facilitatorUnusable(), false),
				(unknown) -> failure(unknown, Problem.settlementUnknown(once), once),
				(notProven) -> failure(notProven, Problem.settlementNotProven(), false),
				(spent) -> failure(spent, Problem.identifierSpent(), false));
		writer.write(answer);
	}

	/**
	 * Answer with a problem.
	 * @param answer the answer
	 * @param problem the problem
	 * @throws IOException if the client has gone
	 */
	public void write(OwnAnswer answer, Problem problem) throws IOException {
		this.problems.write(answer, problem);
	}

	private Writer challenge(PricedRoute route, PaymentRequired required, @Nullable SettleResponse failure,
			TermsBody body) {
		return (answer) -> this.challenges.write(answer, route, required, failure, body);
	}

	private Writer failure(SettlementOutcome outcome, Problem problem, boolean again) {
		return problem(outcome.response(), problem, again || problem.isTemporary());
	}

	private Writer problem(SettleResponse receipt, Problem problem, boolean again) {
		return (answer) -> {
			ReceiptHeader.set(answer, receipt);
			this.problems.write(answer, problem, again);
		};
	}

	private Writer problem(Problem problem) {
		return (answer) -> this.problems.write(answer, problem);
	}

	/** Writes one kind of answer. */
	@FunctionalInterface
	private interface Writer {

		void write(OwnAnswer answer) throws IOException;

	}

}
