package io.github.x402sessions.facilitator.reconcile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import io.github.x402sessions.facilitator.key.Spenders;

/**
 * The searches of the chain for what our spenders have transferred. Thread-safe.
 */
public final class SpenderSearches {

	private final Spenders spenders;

	private final ChainSearches states;

	private final BiFunction<String, ChainSearch, MissingTransfers> begin;

	private final Map<String, SpenderSearch> bySpender = new ConcurrentHashMap<>();

	/**
	 * Create them.
	 * @param spenders the spenders, of whom there may be more or others at any time
	 * @param states know how far was searched, and what was found
	 * @param begin makes what searches for a spender's transfers
	 */
	SpenderSearches(Spenders spenders, ChainSearches states, BiFunction<String, ChainSearch, MissingTransfers> begin) {
		this.spenders = spenders;
		this.states = states;
		this.begin = begin;
	}

	/**
	 * Return the searches for all that this node signs for, each always the same.
	 * @return that of the current spender first
	 */
	List<SpenderSearch> all() {
		return this.spenders.addresses().stream().map(this::of).toList();
	}

	/**
	 * Return the searches that an operator decides about: besides those for all that this
	 * node signs for, those of others in which a difference was found.
	 * @return that of the current spender first
	 */
	List<SpenderSearch> undecided() {
		Set<String> addresses = new LinkedHashSet<>(this.spenders.addresses());
		addresses.addAll(this.states.inDifference());
		return addresses.stream().map(this::of).toList();
	}

	private SpenderSearch of(String address) {
		return this.bySpender.computeIfAbsent(address, (spender) -> {
			ChainSearch state = this.states.of(spender);
			return new SpenderSearch(state, this.begin.apply(spender, state));
		});
	}

	/**
	 * Return what keeps settling off until an operator accepts it, whichever node has
	 * found it.
	 * @return the differences of all spenders, one after the other; empty where there is
	 * none
	 */
	public Optional<String> difference() {
		return this.states.difference();
	}

	/** Return that of the current spender. */
	SpenderSearch current() {
		return of(this.spenders.address());
	}

}
