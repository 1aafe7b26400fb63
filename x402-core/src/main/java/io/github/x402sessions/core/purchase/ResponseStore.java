package io.github.x402sessions.core.purchase;

import java.time.Duration;

/**
 * Remembers what payment identifiers were used for and what they bought, for a time: a
 * client that asks again with the same identifier, because it lost its connection, gets
 * the answer that it has paid for (x402 extension {@code payment-identifier}). Keys are
 * hashes of the payment and its identifier; they are no secrets.
 * <p>
 * Several servers that share their clients need a store that they share. What a store
 * forgets costs nobody anything twice, because the facilitator remembers the identifier
 * too; but its answer is lost. Implementations are thread-safe and may block. What they
 * throw refuses the request before its handler runs, and keeps it from being charged
 * before it is settled; after that it is logged. An {@link AnswersUnavailableException}
 * then keeps the answer back where a client that asks again may be given another one for
 * the same money.
 */
public interface ResponseStore {

	/** How long purchases are remembered by default. */
	Duration DEFAULT_RETENTION = Duration.ofMinutes(10);

	/** How much memory purchases may take by default, bytes. */
	long DEFAULT_MAX_BYTES = 32L * 1024 * 1024;

	/**
	 * Create a store in this process's memory with the defaults.
	 * @return a store
	 */
	static ResponseStore inMemory() {
		return inMemory(DEFAULT_RETENTION, DEFAULT_MAX_BYTES);
	}

	/**
	 * Create a store in this process's memory.
	 * @param retention how long purchases are remembered, positive
	 * @param maxBytes how much memory they may take, bytes; beyond it, those that are
	 * least likely to be asked for are forgotten
	 * @return a store
	 * @throws IllegalArgumentException if one of them is not positive
	 */
	static ResponseStore inMemory(Duration retention, long maxBytes) {
		return new CaffeineResponseStore(retention, maxBytes);
	}

	/**
	 * Create a store that lets payments go on while another is out of reach, as though
	 * nothing were known of their identifiers. A client that asks again meanwhile may
	 * have its request handled again. It is not charged again where its facilitator
	 * honours payment identifiers: then it is answered 409 in place of what it has paid
	 * for. Where the facilitator does not, it is. What the store has and cannot read is
	 * refused as ever: {@link UnreadableAnswerException}.
	 * @param store throws {@link AnswersUnavailableException} where it is out of reach
	 * @return a store that does not
	 */
	static ResponseStore forgetful(ResponseStore store) {
		return new ForgetfulResponseStore(store);
	}

	/**
	 * Claim an identifier, in one step for all servers that share the store: where
	 * nothing is known of it, or an answer is owed for the same request, it is this
	 * request's. Anything else stays as it is, and so does one that is another's at this
	 * moment: {@link Purchase.Running}.
	 * @param key the identifier's key
	 * @param request a hash of the request that claims it
	 * @return whether it is this request's, or what it is
	 * @throws AnswersUnavailableException if the store is out of reach
	 * @throws UnreadableAnswerException if what it knows of the identifier cannot be read
	 */
	PurchaseClaim claim(String key, String request);

}
