package io.github.x402sessions.devnet.transaction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Caches the verified signatures of a transaction. They never change, a verification
 * takes a good part of a millisecond, and it is needed when the transaction comes in and
 * again when its ledger closes. Thread-safe.
 */
public final class SignatureCache {

	private final Map<String, Boolean> good = new ConcurrentHashMap<>();

	/** Whether a signature is good for a key. */
	public boolean isGood(int signature, String key, BooleanSupplier check) {
		return this.good.computeIfAbsent(signature + key, (name) -> check.getAsBoolean());
	}

}
