package io.github.x402sessions.facilitator.http;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.deferred.CommitmentState;
import org.jspecify.annotations.Nullable;

/**
 * A commitment as whoever knows its name sees it.
 *
 * @param status {@code held}, {@code released}, {@code committed}, {@code submitted},
 * {@code confirmed}, {@code defaulted} or {@code written_off}
 * @param transaction the hash of the transaction that carries it; absent while none does
 * @param ledger the ledger that has applied that; absent while none has
 * @param amount what it is for, at most while it is held, base units; 0 if that was
 * released
 * @param payment the SHA-256 of the payment's identifier, hex, by which its payer knows
 * that it is for no other; absent where the identifier is forgotten
 */
record CommitmentDescription(String status, @Nullable String transaction, @Nullable Long ledger, String amount,
		@Nullable String payment) {

	/**
	 * Describe a commitment.
	 * @param state what became of it
	 * @return the description
	 */
	static CommitmentDescription of(CommitmentState state) {
		String payment = state.paymentId();
		return new CommitmentDescription(state.status().wireName(), state.transaction(), state.ledger(),
				state.amount().toString(), (payment != null) ? Sha256.hex(payment) : null);
	}

}
