package io.github.x402sessions.benchmarks.deferred;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * The settlements of a recipient as the facilitator's pages tell them. For one thread.
 */
final class SellerBooks {

	private static final Set<String> OPEN = Set.of("committed", "submitted");

	private static final String CONFIRMED = "confirmed";

	private final Place place;

	private final Map<String, Entry> entries = new HashMap<>();

	private String since = "";

	SellerBooks(Place place) {
		this.place = place;
	}

	/** Read what has changed. */
	SellerBooks refresh() {
		for (Page page = next(); !page.settlements().isEmpty(); page = next()) {
			page.settlements().forEach((entry) -> this.entries.put(entry.id(), entry));
			this.since = "&since=" + page.next();
		}
		return this;
	}

	private Page next() {
		return WireJson.read(this.place.books(this.since), Page.class);
	}

	/** Return the sum of what was paid and what is open, base units. */
	BigInteger owedAndPaid() {
		return Stream.concat(open(), confirmed())
			.map(Entry::amount)
			.map(BigInteger::new)
			.reduce(BigInteger.ZERO, BigInteger::add);
	}

	/** Return what no ledger has yet. */
	Stream<Entry> open() {
		return this.entries.values().stream().filter((entry) -> OPEN.contains(entry.status()));
	}

	private Stream<Entry> confirmed() {
		return this.entries.values().stream().filter((entry) -> CONFIRMED.equals(entry.status()));
	}

	/** Return the last ledger that has some. */
	long lastLedger() {
		return confirmed().map(Entry::ledger).filter(Objects::nonNull).mapToLong(Long::longValue).max().orElse(0);
	}

	/** Return how many transactions carry them. */
	long transactions() {
		return confirmed().map(Entry::transaction).distinct().count();
	}

	/**
	 * A settlement.
	 *
	 * @param id its name
	 * @param status how far it is
	 * @param amount base units
	 * @param transaction what carries it; absent while nothing does
	 * @param ledger what has applied that; absent while none has
	 */
	record Entry(String id, String status, String amount, @Nullable String transaction, @Nullable Long ledger) {
	}

	private record Page(List<Entry> settlements, String next) {
	}

}
