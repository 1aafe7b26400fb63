package io.github.x402sessions.client.discovery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Results of a question, the best first. They are asked for page by page while they are
 * read, up to the question's limit and to 20 pages. Each call may ask the catalogue, and
 * throws a {@link io.github.x402sessions.core.facilitator.FacilitatorException} where
 * that gives no answer. Not for several threads.
 */
public final class DiscoveryResults implements Iterator<FoundResource> {

	private static final int MOST_PAGES = 20;

	/**
	 * A catalogue may not know all filters, so that little is left of what it answers.
	 */
	private static final int LEAST_PAGE = 20;

	private static final int LARGEST_PAGE = 100;

	private final DiscoveryQuery query;

	private final CatalogueExchange exchange;

	private final ListingCheck check;

	private final Deque<FoundResource> waiting = new ArrayDeque<>();

	private final Set<String> seen = new HashSet<>();

	private final Set<String> cursors = new HashSet<>();

	private Optional<String> next = Optional.of("");

	private boolean partial;

	private int pages;

	private int entries;

	private int given;

	private int dropped;

	DiscoveryResults(DiscoveryQuery query, CatalogueExchange exchange, ListingCheck check) {
		this.query = query;
		this.exchange = exchange;
		this.check = check;
	}

	@Override
	public boolean hasNext() {
		if (this.given >= this.query.limit()) {
			return false;
		}
		while (this.waiting.isEmpty() && this.next.isPresent() && this.pages < MOST_PAGES) {
			read(this.next.get());
		}
		return !this.waiting.isEmpty();
	}

	@Override
	public FoundResource next() {
		if (!hasNext()) {
			throw new NoSuchElementException("there are no more results");
		}
		this.given++;
		return this.waiting.remove();
	}

	/**
	 * Return all that is left.
	 * @return the results, the best first
	 */
	public List<FoundResource> toList() {
		List<FoundResource> all = new ArrayList<>();
		forEachRemaining(all::add);
		return all;
	}

	/**
	 * Tell whether the catalogue has more than was given so far: by its own word, or
	 * because it was not asked any further.
	 * @return whether more may match
	 */
	public boolean isPartial() {
		return this.partial || this.next.isPresent() || !this.waiting.isEmpty();
	}

	/**
	 * Return how many listings of the catalogue were left out so far, because they do not
	 * fit the question or are not what they should be.
	 * @return how many, from 0
	 */
	public int dropped() {
		return this.dropped;
	}

	private void read(String cursor) {
		CataloguePage page = (this.query.text() != null) ? search(this.query.text(), cursor) : list();
		this.pages++;
		this.entries += page.entries().size();
		page.entries().forEach(this::take);
		this.partial = page.partial();
		this.next = following(page);
	}

	private void take(Object entry) {
		Optional<FoundResource> found = this.check.check(entry)
			.filter((each) -> this.seen.add(each.listing().type() + each.call().name() + " " + each.call().url()));
		found.ifPresentOrElse(this.waiting::add, () -> this.dropped++);
	}

	/** A catalogue that leads in a circle is not followed. */
	private Optional<String> following(CataloguePage page) {
		if (this.query.text() != null) {
			return Optional.ofNullable(page.cursor()).filter(this.cursors::add);
		}
		boolean more = !page.entries().isEmpty() && page.total() != null && this.entries < page.total();
		return more ? Optional.of("") : Optional.empty();
	}

	private CataloguePage search(String text, String cursor) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("query", text);
		addFilters(parameters);
		if (!cursor.isEmpty()) {
			parameters.put("cursor", cursor);
		}
		return this.exchange.page("/discovery/search", parameters);
	}

	private CataloguePage list() {
		Map<String, String> parameters = new LinkedHashMap<>();
		addFilters(parameters);
		parameters.put("offset", String.valueOf(this.entries));
		return this.exchange.page("/discovery/resources", parameters);
	}

	private void addFilters(Map<String, String> parameters) {
		put(parameters, "type", this.query.type());
		put(parameters, "network", this.query.network());
		put(parameters, "asset", this.query.asset());
		put(parameters, "scheme", (this.query.schemes().size() == 1) ? this.query.schemes().iterator().next() : null);
		put(parameters, "payTo", this.query.payTo());
		put(parameters, "maxAmount", this.query.maxPrice());
		parameters.put("limit", String.valueOf(Math.max(LEAST_PAGE, Math.min(this.query.limit(), LARGEST_PAGE))));
	}

	private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
		if (value != null) {
			parameters.put(name, value.toString());
		}
	}

}
