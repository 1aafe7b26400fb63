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
		return new PayerDecision.Declines(reason, asked, words(failure));
	}

	/** What people may read of it. */
	static String words(Throwable failure) {
		Throwable within = failure.getCause();
		Throwable cause = (failure instanceof CompletionException && within != null) ? within : failure;
		boolean ours = cause instanceof WrongOptionException || cause instanceof CannotStartException
				|| cause instanceof X402Exception;
		if (!ours) {
			logger.error("There is no money for a call", cause);
		}
		return ours ? String.valueOf(cause.getMessage()) : "the agent has failed";
	}

}
