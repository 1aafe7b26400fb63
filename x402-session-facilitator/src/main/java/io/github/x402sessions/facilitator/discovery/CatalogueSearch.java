package io.github.x402sessions.facilitator.discovery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.bazaar.DiscoveryPage;
import io.github.x402sessions.core.bazaar.SearchPage;

/**
 * Finds listings. Those that have more of the words come first, among them those that
 * have them in a better place; what was not paid for long sinks, and of two that match
 * alike the cheaper one is first. Thread-safe.
 */
public final class CatalogueSearch {

	private static final int VERSION = 2;

	/** After which a listing that nobody pays counts half. */
	private static final Duration HALF_LIFE = Duration.ofDays(30);

	/** What it counts at least. */
	private static final double LEAST_FRESHNESS = 0.2;

	/** What the dearest of all matches loses. */
	private static final double DEAREST = 0.1;

	private final Listings listings;

	private final Clock clock;

	/**
	 * Create it.
	 * @param listings what there is
	 * @param clock judges how long something was not paid
	 */
	public CatalogueSearch(Listings listings, Clock clock) {
		this.listings = listings;
		this.clock = clock;
	}

	/**
	 * Return a page of all listings, in the order in which they were first listed.
	 * @param filter which
	 * @param limit how many at most
	 * @param offset how many are left out before
	 * @return the page
	 */
	public DiscoveryPage list(ListingFilter filter, int limit, int offset) {
		return new DiscoveryPage(VERSION, this.listings.list(filter, limit, offset),
				new DiscoveryPage.Place(limit, offset, this.listings.count(filter)));
	}

	/**
	 * Return a page of listings that match a question.
	 * @param question what is looked for
	 * @param filter which are looked at
	 * @param limit how many at most
	 * @param cursor where the page begins
	 * @return the page
	 */
	public SearchPage search(String question, ListingFilter filter, int limit, SearchCursor cursor) {
		List<ListingMatch> ranked = rank(question, filter, cursor.offset() + limit);
		List<Long> page = ranked.stream().skip(cursor.offset()).limit(limit).map(ListingMatch::number).toList();
		List<DiscoveredResource> found = this.listings.read(page);
		boolean more = ranked.size() > cursor.offset() + limit;
		return new SearchPage(VERSION, found, more || ranked.size() >= Listings.MOST_MATCHES,
				new SearchPage.Next(limit, more ? new SearchCursor(cursor.offset() + limit).text() : null));
	}

	private List<ListingMatch> rank(String question, ListingFilter filter, int wanted) {
		List<String> words = SearchQuery.of(question).words();
		Map<Long, ListingMatch> found = new LinkedHashMap<>();
		for (int least = words.size(); least > 0 && found.size() <= wanted; least = fewer(least, words.size())) {
			double bonus = (double) least / words.size();
			List<ListingMatch> matches = this.listings.match(words, least, filter);
			double best = matches.isEmpty() ? 1 : Math.max(matches.get(0).score(), Double.MIN_NORMAL);
			matches.forEach((match) -> found.putIfAbsent(match.number(), new ListingMatch(match.number(),
					bonus + Math.max(match.score(), 0) / best, match.lastPaid(), match.price())));
		}
		return ranked(found);
	}

	/** All of the words, half of them, any of them. */
	private static int fewer(int least, int all) {
		return (least == all && all > 2) ? (all + 1) / 2 : (least > 1) ? 1 : 0;
	}

	private List<ListingMatch> ranked(Map<Long, ListingMatch> found) {
		TreeSet<Long> prices = new TreeSet<>();
		found.values().forEach((match) -> prices.add(match.price()));
		List<ListingMatch> ranked = new ArrayList<>();
		for (ListingMatch match : found.values()) {
			double dearer = prices.headSet(match.price()).size() / (double) prices.size();
			ranked.add(new ListingMatch(match.number(), match.score() * freshness(match) * (1 - DEAREST * dearer),
					match.lastPaid(), match.price()));
		}
		ranked.sort(Comparator.comparingDouble(ListingMatch::score)
			.reversed()
			.thenComparingLong(ListingMatch::price)
			.thenComparingLong(ListingMatch::number));
		return ranked;
	}

	private double freshness(ListingMatch match) {
		long age = Math.max(0, Duration.between(match.lastPaid(), this.clock.instant()).toMillis());
		return Math.max(LEAST_FRESHNESS, Math.pow(2, -((double) age) / (double) HALF_LIFE.toMillis()));
	}

}
