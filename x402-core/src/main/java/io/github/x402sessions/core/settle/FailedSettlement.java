package io.github.x402sessions.core.settle;

import java.io.IOException;

import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.gate.SettlementOutcome;

/**
 * Answers in the place of a handler whose payment was not settled, and sends the answer
 * off.
 */
public interface FailedSettlement {

	/**
	 * Answer for what became of the payment.
	 * @param outcome the outcome, which is not a success
	 * @param once whether the same request again is paid for once
	 * @throws IOException if the client has gone
	 */
	void write(SettlementOutcome outcome, boolean once) throws IOException;

	/**
	 * Answer with a problem.
	 * @param problem the problem
	 * @throws IOException if the client has gone
	 */
	void write(Problem problem) throws IOException;

}
