package io.github.x402sessions.benchmarks.answers;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The answers that clients got for their payment identifiers. Thread-safe.
 */
final class Purchases {

	private final Map<Integer, Set<String>> answers = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> told = new ConcurrentHashMap<>();

	/** Count an answer, or its absence. */
	void add(String what) {
		this.told.computeIfAbsent(what, (same) -> new LongAdder()).increment();
	}

	/** Take in what was bought with an identifier. */
	void answered(int identifier, String answer) {
		this.answers.computeIfAbsent(identifier, (same) -> ConcurrentHashMap.newKeySet()).add(answer);
	}

	/** Return how many identifiers have bought something. */
	int answered() {
		return this.answers.size();
	}

	/** Return how many have bought several things. */
	long different() {
		return this.answers.values().stream().filter((each) -> each.size() > 1).count();
	}

	/** Return how many calls were made. */
	long calls() {
		return this.told.values().stream().mapToLong(LongAdder::sum).sum();
	}

	@Override
	public String toString() {
		return new TreeMap<>(this.told).toString();
	}

}
