package io.github.x402sessions.servlet.settle;

import java.io.IOException;

import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.servlet.challenge.ChallengeWriter;
import io.github.x402sessions.servlet.challenge.ExchangeWriter;
import io.github.x402sessions.servlet.challenge.Problem;
import io.github.x402sessions.servlet.challenge.ProblemWriter;
import io.github.x402sessions.servlet.challenge.ReceiptHeader;
import io.github.x402sessions.servlet.request.Exchange;

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
		ExchangeWriter writer = outcome.fold((settled) -> {
			throw new IllegalArgumentException("a settlement that succeeded is no failure");
		}, this::challenge,
				(notMade) -> problem(notMade,
						notMade.temporary() ? Problem.facilitatorUnavailable() : Problem.facilitatorUnusable(), false),
				(unknown) -> problem(unknown, Problem.settlementUnknown(once), once),
				(notProven) -> problem(notProven, Problem.settlementNotProven(), false),
				(spent) -> problem(spent, Problem.identifierSpent(), false));
		writer.write(exchange);
		exchange.response().flushBuffer();
	}

	/**
	 * Answer in place of a stream that nothing is held for, and send it off.
	 * @param exchange the request and its uncommitted response
	 * @throws IOException if the client has gone
	 */
	void writeNotHeld(Exchange exchange) throws IOException {
		this.problems.write(exchange.response(), Problem.streamNotHeld());
		exchange.response().flushBuffer();
	}

	private ExchangeWriter challenge(SettlementOutcome.Refused refused) {
		return (exchange) -> this.challenges.write(exchange, refused.required(), refused.response());
	}

	private ExchangeWriter problem(SettlementOutcome outcome, Problem problem, boolean again) {
		return (exchange) -> {
			ReceiptHeader.set(exchange.response(), outcome.response());
			this.problems.write(exchange.response(), problem, again || problem.isTemporary());
		};
	}

}
