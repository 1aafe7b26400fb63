package io.github.x402sessions.core.purchase;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what payment identifiers were used for and what they bought, for a time: a
 * client that asks again with the same identifier, because it lost its connection, gets
 * the answer that it has paid for (x402 extension {@code payment-identifier}). Keys are
 * hashes of the payment and its identifier; they are no secrets.
 * <p>
 * Several servers that share their clients need a store that they share. What a store
 * forgets costs nobody anything twice, because the facilitator remembers the identifier
 * too; but its answer is lost. Implementations are thread-safe and may block. What they
 * throw fails the request before its handler runs; after that it is logged.
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
	 * Claim an identifier, in one step: where nothing is known of it, or an answer is
	 * owed for the same request, it becomes {@link Purchase.Running}. Anything else stays
	 * as it is.
	 * @param key the identifier's key
	 * @param request a hash of the request that claims it
	 * @return what was known before, or {@code null} if nothing was
	 */
	@Nullable Purchase claim(String key, String request);

	/**
	 * Note how a purchase ended.
	 * @param key the identifier's key
	 * @param purchase what is known from now on
	 */
	void put(String key, Purchase purchase);

	/**
	 * Release an identifier: nothing was paid with it.
	 * @param key the identifier's key
	 */
	void remove(String key);

}
