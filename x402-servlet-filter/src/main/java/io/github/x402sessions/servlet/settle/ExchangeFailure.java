package io.github.x402sessions.servlet.settle;

import java.io.IOException;

import io.github.x402sessions.core.challenge.Problem;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.settle.FailedSettlement;
import io.github.x402sessions.servlet.challenge.FilterResponses;
import io.github.x402sessions.servlet.request.Exchange;

/**
 * Answers one exchange whose payment was not settled.
 *
 * @param responses all that the filter says
 * @param exchange the request and its uncommitted response
 */
record ExchangeFailure(FilterResponses responses, Exchange exchange) implements FailedSettlement {

	@Override
	public void write(SettlementOutcome outcome, boolean once) throws IOException {
		this.responses.write(this.exchange, outcome, once);
		this.exchange.response().flushBuffer();
	}

	@Override
	public void write(Problem problem) throws IOException {
		this.responses.writeInPlace(this.exchange, problem);
		this.exchange.response().flushBuffer();
	}

}
