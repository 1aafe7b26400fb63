package io.github.x402sessions.samples.agent.funds;

import java.util.concurrent.CompletionException;

import io.github.x402sessions.client.payment.DeclineReason;
import io.github.x402sessions.client.payment.PayerDecision;
import io.github.x402sessions.core.X402Exception;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.samples.agent.failure.CannotStartException;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts into words why there is no money for a call.
 */
final class Failure {

	private static final Logger logger = LoggerFactory.getLogger(Failure.class);

	private Failure() {
	}

	static PayerDecision declined(DeclineReason reason, PaymentRequirements asked, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		boolean ours = cause instanceof WrongOptionException || cause instanceof CannotStartException
				|| cause instanceof X402Exception;
		if (!ours) {
			logger.error("There is no money for a call", cause);
		}
		return new PayerDecision.Declines(reason, asked,
				ours ? String.valueOf(cause.getMessage()) : "the agent has failed");
	}

}
