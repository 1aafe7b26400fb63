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
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.discovery.ListingFilter;
import io.github.x402sessions.facilitator.discovery.ListingLimits;
import io.github.x402sessions.facilitator.discovery.ListingMatch;
import io.github.x402sessions.facilitator.discovery.ListingResult;
import io.github.x402sessions.facilitator.discovery.Listings;
import io.github.x402sessions.facilitator.discovery.listing.Listing;
import io.github.x402sessions.facilitator.discovery.listing.ListingWords;
import io.github.x402sessions.facilitator.store.UnitOfWork;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The catalogue in the database. Thread-safe.
 */
final class JdbcListings implements Listings {

	private final JdbcClient jdbc;

	private final UnitOfWork unitOfWork;

	private final Clock clock;

	private final WordIndex index;

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
	}

	@Override
	public ListingResult put(Listing listing, ListingLimits limits, BiPredicate<String, String> sameSeller) {
		return this.unitOfWork.runIf(() -> {
			long now = this.clock.millis();
			Origin origin = claim(listing, now);
			if (!sameSeller.test(origin.payTo(), listing.terms().payTo()) && !takeOver(origin, listing, limits, now)) {
				return ListingResult.TAKEN;
			}
			this.jdbc.sql("update listing_origin set paid_at = :now where origin = :origin")
				.param("now", now)
				.param("origin", listing.origin())
				.update();
			return put(listing, limits, origin.hidden(), now);
		}, (result) -> result == ListingResult.LISTED || result == ListingResult.HIDDEN);
	}

	/** Whoever comes first has the row, and who comes at the same time waits. */
	private Origin claim(Listing listing, long now) {
		return this.jdbc.sql("""
				insert into listing_origin (origin, pay_to, paid_at) values (:origin, :payTo, :now)
				on conflict (origin) do update set pay_to = listing_origin.pay_to
				returning pay_to, paid_at, hidden_at""")
			.param("origin", listing.origin())
			.param("payTo", listing.terms().payTo())
			.param("now", now)
			.query((row, number) -> new Origin(row.getString("pay_to"), row.getLong("paid_at"),
					row.getObject("hidden_at") != null))
			.single();
	}

	private boolean takeOver(Origin origin, Listing listing, ListingLimits limits, long now) {
		if (origin.hidden() || origin.paidAt() > now - limits.retention().toMillis()) {
			return false;
		}
		remove(numbers("origin = :of", listing.origin()));
		this.jdbc.sql("update listing_origin set pay_to = :payTo where origin = :origin")
			.param("payTo", listing.terms().payTo())
			.param("origin", listing.origin())
			.update();
		return true;
	}

	private ListingResult put(Listing listing, ListingLimits limits, boolean hidden, long now) {
		String document = new String(WireJson.write(listing.shown()), StandardCharsets.UTF_8);
		String hash = Sha256.hex(document);
		Known known = this.jdbc.sql("select number, document_hash, hidden_at from listing where id = :id")
			.param("id", listing.key().hash())
			.query((row, number) -> new Known(row.getLong("number"), row.getString("document_hash"),
					row.getObject("hidden_at") != null))
			.optional()
			.orElse(null);
		if (known == null && isFull(listing.terms().payTo(), limits)) {
			return ListingResult.FULL;
		}
		long number = (known == null) ? add(listing, document, hash, hidden ? now : null, now)
				: change(known, listing, document, hash, now);
		putTerms(number, listing.terms(), now, limits);
		if (hidden || (known != null && known.hidden())) {
			return ListingResult.HIDDEN;
		}
		if (known == null || !known.hash().equals(hash)) {
			this.index.put(number, listing.words());
		}
		return ListingResult.LISTED;
	}

	private boolean isFull(String payTo, ListingLimits limits) {
		int own = this.jdbc.sql("select count(*) from listing where pay_to = :payTo")
			.param("payTo", payTo)
			.query(Integer.class)
			.single();
		return own >= limits.perRecipient() || (lastNumber() >= limits.total()
				&& this.jdbc.sql("select count(*) from listing").query(Integer.class).single() >= limits.total()
				&& !makeRoom(own));
	}

	/**
	 * Whoever has most gives way to who has less, with what was not paid for longest:
	 * otherwise a few recipients that pay each other would keep all new ones out.
	 */
	private boolean makeRoom(int own) {
		List<Long> last = this.jdbc.sql("""
				select number from listing where hidden_at is null and pay_to = (select pay_to from listing
				group by pay_to having count(*) > :own order by count(*) desc, pay_to limit 1)
				order by last_paid, number limit 1""").param("own", own + 1).query(JdbcListings::number).list();
		remove(last);
		return !last.isEmpty();
	}

	/** All are counted only where there may be too many. */
	private long lastNumber() {
		return this.jdbc.sql("select number from listing order by number desc limit 1")
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	private long add(Listing listing, String document, String hash, @Nullable Long hiddenAt, long now) {
		return this.jdbc.sql("""
				insert into listing (id, type, url, origin, pay_to, document, document_hash, price, first_paid,
				last_paid, hidden_at) values (:id, :type, :url, :origin, :payTo, :document, :hash, :price, :now, :now,
				:hiddenAt) returning number""")
			.param("id", listing.key().hash())
			.param("type", listing.key().type())
			.param("url", listing.key().url())
			.param("origin", listing.origin())
			.param("payTo", listing.terms().payTo())
			.param("document", document)
			.param("hash", hash)
			.param("price", price(listing.terms()))
			.param("now", now)
			.param("hiddenAt", hiddenAt, java.sql.Types.BIGINT)
			.query(Long.class)
			.single();
	}

	private long change(Known known, Listing listing, String document, String hash, long now) {
		this.jdbc.sql("""
				update listing set pay_to = :payTo, document = :document, document_hash = :hash, price = :price,
				last_paid = :now where number = :number""")
			.param("payTo", listing.terms().payTo())
			.param("document", document)
			.param("hash", hash)
			.param("price", price(listing.terms()))
			.param("now", now)
			.param("number", known.number())
			.update();
		return known.number();
	}

	private void putTerms(long number, PaymentRequirements terms, long now, ListingLimits limits) {
		this.jdbc.sql("""
				insert into listing_terms (listing, scheme, network, asset, pay_to, amount, terms, paid_at)
				values (:number, :scheme, :network, :asset, :payTo, :amount, :terms, :now)
				on conflict (listing, scheme, network, asset, pay_to) do update set amount = excluded.amount,
				terms = excluded.terms, paid_at = excluded.paid_at""")
			.param("number", number)
			.param("scheme", terms.scheme())
			.param("network", terms.network())
			.param("asset", terms.asset())
			.param("payTo", terms.payTo())
			.param("amount", price(terms))
			.param("terms", new String(WireJson.write(terms), StandardCharsets.UTF_8))
			.param("now", now)
			.update();
		this.jdbc.sql("delete from listing_terms where listing = :number and paid_at < :before")
			.param("number", number)
			.param("before", now - limits.retention().toMillis())
			.update();
	}

	/** What nobody can pay is not cheap. */
	private static long price(PaymentRequirements terms) {
		return terms.baseUnits().bitLength() < Long.SIZE ? terms.baseUnits().longValue() : Long.MAX_VALUE;
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
			this.jdbc.sql("delete from listing_origin where paid_at < :before and hidden_at is null")
				.param("before", before)
				.update();
			List<Long> numbers = this.jdbc.sql("""
					select number from listing where last_paid < :before and hidden_at is null
					order by last_paid limit :count""")
				.param("before", before)
				.param("count", FORGOTTEN_AT_ONCE)
				.query(JdbcListings::number)
				.list();
			remove(numbers);
			return numbers.size();
		});
	}

	@Override
	public int hide(String of, boolean hidden) {
		return this.unitOfWork.run(() -> {
			Long at = hidden ? (Long) this.clock.millis() : null;
			this.jdbc.sql("update listing_origin set hidden_at = :at where origin = :of")
				.param("at", at, java.sql.Types.BIGINT)
				.param("of", of)
				.update();
			List<Long> numbers = numbers("(origin = :of or url = :of)", of);
			for (Long number : numbers) {
				this.jdbc.sql("update listing set hidden_at = :at where number = :number")
					.param("at", at, java.sql.Types.BIGINT)
					.param("number", number)
					.update();
				index(number, hidden);
			}
			return numbers.size();
		});
	}

	private void index(long number, boolean hidden) {
		if (hidden) {
			this.index.remove(number);
			return;
		}
		String document = this.jdbc.sql("select document from listing where number = :number")
			.param("number", number)
			.query(String.class)
			.single();
		this.index.put(number, ListingWords.of(read(document, DiscoveredResource.class)));
	}

	@Override
	public boolean release(String origin) {
		return this.unitOfWork.run(() -> {
			int origins = this.jdbc.sql("delete from listing_origin where origin = :origin")
				.param("origin", origin)
				.update();
			remove(numbers("origin = :of", origin));
			return origins > 0;
		});
	}

	private List<Long> numbers(String which, String of) {
		return this.jdbc.sql("select number from listing where " + which + " order by number")
			.param("of", of)
			.query(JdbcListings::number)
			.list();
	}

	private static Long number(ResultSet row, int place) throws SQLException {
		return row.getLong("number");
	}

	private void remove(List<Long> numbers) {
		for (Long number : numbers) {
			this.index.remove(number);
			this.jdbc.sql("delete from listing where number = :number").param("number", number).update();
		}
	}

	/**
	 * The origin of a listing.
	 *
	 * @param payTo whose it is
	 * @param paidAt when something was paid there last, milliseconds since 1970
	 * @param hidden whether the operator has hidden it
	 */
	private record Origin(String payTo, long paidAt, boolean hidden) {
	}

	/**
	 * A listing that there is.
	 *
	 * @param number its number
	 * @param hash the hash of what everybody sees of it
	 * @param hidden whether the operator has hidden it
	 */
	private record Known(long number, String hash, boolean hidden) {
	}

}
