package io.github.x402sessions.servlet.settle;

import java.io.IOException;

import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.servlet.challenge.ChallengeWriter;
import io.github.x402sessions.servlet.challenge.Problem;
import io.github.x402sessions.servlet.challenge.ProblemWriter;
import io.github.x402sessions.servlet.challenge.ReceiptHeader;
import io.github.x402sessions.servlet.request.Exchange;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers in a handler's place when its payment was not settled: 402 if it was refused,
 * 503 or 502 if it was not made, 502 if it is not proven, 503 if nobody knows.
 */
public final class SettlementFailureWriter {

	private final ChallengeWriter challenges;

	private final ProblemWriter problems;

	public SettlementFailureWriter(ChallengeWriter challenges, ProblemWriter problems) {
		this.challenges = challenges;
		this.problems = problems;
	}

	/**
	 * Write the answer and send it off.
	 * @param exchange the request and its uncommitted response
	 * @param outcome the outcome, which is not a success
	 * @param once whether the same request again is paid for once
	 * @throws IOException if the client has gone
	 */
	void write(Exchange exchange, SettlementOutcome outcome, boolean once) throws IOException {
		HttpServletResponse response = exchange.response();
		if (outcome instanceof SettlementOutcome.Refused refused) {
			this.challenges.write(exchange, refused.required(), refused.response());
		}
		else {
			ReceiptHeader.set(response, outcome.response());
			Problem problem = problem(outcome, once);
			boolean again = once && outcome instanceof SettlementOutcome.Unknown;
			this.problems.write(response, problem, again || problem.isTemporary());
		}
		response.flushBuffer();
	}

	private static Problem problem(SettlementOutcome outcome, boolean once) {
		if (outcome instanceof SettlementOutcome.NotMade notMade) {
			return notMade.temporary() ? Problem.facilitatorUnavailable() : Problem.facilitatorUnusable();
		}
		if (outcome instanceof SettlementOutcome.NotProven) {
			return Problem.settlementNotProven();
		}
		return (outcome instanceof SettlementOutcome.AlreadySpent) ? Problem.identifierSpent()
				: Problem.settlementUnknown(once);
	}

}
