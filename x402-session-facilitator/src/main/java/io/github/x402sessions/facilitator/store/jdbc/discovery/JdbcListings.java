package io.github.x402sessions.facilitator.store.jdbc.discovery;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.discovery.ListingFilter;
import io.github.x402sessions.facilitator.discovery.ListingLimits;
import io.github.x402sessions.facilitator.discovery.ListingMatch;
import io.github.x402sessions.facilitator.discovery.ListingResult;
import io.github.x402sessions.facilitator.discovery.Listings;
import io.github.x402sessions.facilitator.discovery.listing.Listing;
import io.github.x402sessions.facilitator.store.UnitOfWork;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The catalogue in the database. Thread-safe.
 */
final class JdbcListings implements Listings {

	private final JdbcClient jdbc;

	private final UnitOfWork unitOfWork;

	private final Clock clock;

	private final WordIndex index;

	private final OriginRows origins;

	private final ListingRows rows;

	/**
	 * Create it.
	 * @param jdbc the database
	 * @param unitOfWork runs steps that belong together
	 * @param clock the time that is written to rows
	 * @param index finds listings by words
	 */
	JdbcListings(JdbcClient jdbc, UnitOfWork unitOfWork, Clock clock, WordIndex index) {
		this.jdbc = jdbc;
		this.unitOfWork = unitOfWork;
		this.clock = clock;
		this.index = index;
		this.origins = new OriginRows(jdbc);
		this.rows = new ListingRows(jdbc, index);
	}

	@Override
	public ListingResult put(Listing listing, ListingLimits limits, BiPredicate<String, String> sameSeller) {
		return this.unitOfWork.runIf(() -> put(listing, limits, sameSeller, this.clock.millis()),
				(result) -> result == ListingResult.LISTED || result == ListingResult.HIDDEN);
	}

	private ListingResult put(Listing listing, ListingLimits limits, BiPredicate<String, String> sameSeller, long now) {
		String seller = listing.terms().payTo();
		long retention = limits.retention().toMillis();
		OriginRows.OwnedOrigin origin = this.origins.claim(listing.origin(), seller, now);
		OriginRows.OwnedOrigin twin = this.origins.twin(listing.origin()).orElse(origin);
		boolean free = origin.isFree(now, retention);
		if ((!free && !sameSeller.test(origin.payTo(), seller))
				|| (!twin.isFree(now, retention) && !sameSeller.test(twin.payTo(), seller))) {
			return ListingResult.TAKEN;
		}
		if (free && !sameSeller.test(origin.payTo(), seller)) {
			this.rows.removeAt(listing.origin());
			this.origins.give(listing.origin(), seller);
		}
		this.origins.paid(listing.origin(), now);
		return this.rows.put(listing, limits, origin.hidden() || twin.hidden(), now);
	}

	@Override
	public List<DiscoveredResource> list(ListingFilter filter, int limit, int offset) {
		ListingCondition condition = ListingCondition.of(filter, "l");
		return read(this.jdbc
			.sql("select l.number from listing l where " + condition.shown()
					+ " order by l.number limit :limit offset :offset")
			.params(condition.params())
			.param("limit", limit)
			.param("offset", offset)
			.query(JdbcListings::number)
			.list());
	}

	@Override
	public int count(ListingFilter filter) {
		ListingCondition condition = ListingCondition.of(filter, "l");
		return this.jdbc.sql("select count(*) from listing l where " + condition.shown())
			.params(condition.params())
			.query(Integer.class)
			.single();
	}

	@Override
	public List<ListingMatch> match(List<String> words, int least, ListingFilter filter) {
		ListingCondition condition = ListingCondition.of(filter, this.index.row());
		return this.jdbc.sql(this.index.query(condition.text()))
			.params(condition.params())
			.param("words", this.index.words(choices(words, least)))
			.param("count", MOST_MATCHES)
			.query(JdbcListings::match)
			.list();
	}

	private static ListingMatch match(ResultSet row, int number) throws SQLException {
		return new ListingMatch(row.getLong("number"), row.getDouble("score"),
				Instant.ofEpochMilli(row.getLong("last_paid")), row.getLong("price"));
	}

	/** Return all ways to choose so many of the words, in the order of the words. */
	static List<List<String>> choices(List<String> words, int count) {
		if (count == 0) {
			return List.of(List.of());
		}
		List<List<String>> choices = new ArrayList<>();
		for (int first = 0; first <= words.size() - count; first++) {
			for (List<String> others : choices(words.subList(first + 1, words.size()), count - 1)) {
				List<String> choice = new ArrayList<>(List.of(words.get(first)));
				choice.addAll(others);
				choices.add(choice);
			}
		}
		return choices;
	}

	@Override
	public List<DiscoveredResource> read(List<Long> numbers) {
		if (numbers.isEmpty()) {
			return List.of();
		}
		Map<Long, List<PaymentRequirements>> terms = new HashMap<>();
		this.jdbc.sql("""
				select listing, terms from listing_terms where listing in (:numbers)
				order by listing, paid_at desc, scheme""").param("numbers", numbers).query((row) -> {
			terms.computeIfAbsent(row.getLong("listing"), (number) -> new ArrayList<>())
				.add(read(row.getString("terms"), PaymentRequirements.class));
		});
		Map<Long, DiscoveredResource> found = new HashMap<>();
		this.jdbc
			.sql("select number, document, last_paid from listing where number in (:numbers) and hidden_at is null")
			.param("numbers", numbers)
			.query((row) -> {
				long number = row.getLong("number");
				found.put(number,
						read(row.getString("document"), DiscoveredResource.class).paid(
								terms.getOrDefault(number, List.of()),
								Instant.ofEpochMilli(row.getLong("last_paid")).toString()));
			});
		return numbers.stream().map(found::get).filter(Objects::nonNull).toList();
	}

	private static <T> T read(String json, Class<T> type) {
		return WireJson.read(json.getBytes(StandardCharsets.UTF_8), type);
	}

	@Override
	public int forget(Duration retention) {
		long before = this.clock.millis() - retention.toMillis();
		return this.unitOfWork.run(() -> {
			this.origins.removeOlder(before);
			return this.rows.removeOlder(before, FORGOTTEN_AT_ONCE);
		});
	}

	@Override
	public int hide(String of, boolean hidden) {
		return this.unitOfWork.run(() -> {
			long now = this.clock.millis();
			this.origins.hide(of, hidden ? (Long) now : null, now);
			return this.rows.hide(of, hidden ? (Long) now : null);
		});
	}

	@Override
	public boolean release(String origin) {
		return this.unitOfWork.run(() -> {
			this.rows.removeAt(origin);
			return this.origins.remove(origin);
		});
	}

	private static Long number(ResultSet row, int place) throws SQLException {
		return row.getLong("number");
	}

}
