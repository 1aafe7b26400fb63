package io.github.x402sessions.facilitator.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.x402sessions.facilitator.key.Spenders;

/**
 * The searches of the chain for what our spenders have transferred. Thread-safe.
 */
public final class SpenderSearches {

	private final Spenders spenders;

	private final Function<String, SpenderSearch> begin;

	private final Map<String, SpenderSearch> bySpender = new ConcurrentHashMap<>();

	/**
	 * Create them.
	 * @param spenders the spenders, of whom there may be more or others at any time
	 * @param begin makes the search of a spender
	 */
	public SpenderSearches(Spenders spenders, Function<String, SpenderSearch> begin) {
		this.spenders = spenders;
		this.begin = begin;
	}

	/**
	 * Return all searches, each always the same.
	 * @return that of the current spender first
	 */
	List<SpenderSearch> all() {
		return this.spenders.addresses()
			.stream()
			.map((spender) -> this.bySpender.computeIfAbsent(spender, this.begin))
			.toList();
	}

	/**
	 * Return what keeps settling off until an operator accepts it.
	 * @return the differences of all spenders, one after the other; empty where there is
	 * none
	 */
	public Optional<String> difference() {
		return all().stream()
			.map(SpenderSearch::search)
			.map(ChainSearch::difference)
			.flatMap(Optional::stream)
			.reduce((one, other) -> one + "; " + other);
	}

	/** Return that of the current spender. */
	SpenderSearch current() {
		return all().get(0);
	}

}
