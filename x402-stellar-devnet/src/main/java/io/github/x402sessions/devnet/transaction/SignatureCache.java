package io.github.x402sessions.devnet.transaction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Which signatures of a transaction are good. That never changes, takes a good part of a
 * millisecond to find out, and is asked when the transaction comes in and again when its
 * ledger closes. Thread-safe.
 */
public final class SignatureCache {

	private final Map<String, Boolean> good = new ConcurrentHashMap<>();

	/** Whether a signature is good for a key. */
	public boolean isGood(int signature, String key, BooleanSupplier check) {
		return this.good.computeIfAbsent(signature + key, (name) -> check.getAsBoolean());
	}

}
