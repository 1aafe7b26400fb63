package io.github.x402sessions.facilitator.scheme;

import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentRequirements;

import org.springframework.dao.DataAccessException;

/**
 * Rules for what recipients are paid, besides those that hold for everybody. New payments
 * are held against them, whoever asks; what is known already comes to its end.
 * Implementations are thread-safe.
 */
@FunctionalInterface
public interface RecipientRules {

	/** No rules for anybody. */
	RecipientRules NONE = (scheme, asked) -> Optional.empty();

	/**
	 * Hold a payment against the rules.
	 * @param scheme the name of the scheme that it would be made by
	 * @param asked what the server asks for, of which nothing is trusted
	 * @return why it is refused; empty if it is not
	 * @throws DataAccessException if that is not known now
	 */
	Optional<Refusal> check(String scheme, PaymentRequirements asked);

	/**
	 * A refusal.
	 *
	 * @param reason why
	 * @param message why, in a sentence that repeats nothing of a stranger's
	 */
	record Refusal(Reason reason, String message) {
	}

}
