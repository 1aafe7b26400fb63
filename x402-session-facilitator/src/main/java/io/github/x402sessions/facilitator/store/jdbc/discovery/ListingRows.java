package io.github.x402sessions.facilitator.store.jdbc.discovery;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.discovery.ListingLimits;
import io.github.x402sessions.facilitator.discovery.ListingResult;
import io.github.x402sessions.facilitator.discovery.listing.Listing;
import io.github.x402sessions.facilitator.discovery.listing.ListingWords;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of listings, each with its terms and its words. Steps that belong together are
 * for the caller to run so. Thread-safe.
 *
 * @param jdbc the database
 * @param index finds listings by words
 */
record ListingRows(JdbcClient jdbc, WordIndex index) {

	/**
	 * Write what was paid.
	 * @param hidden whether the operator has hidden its origin
	 * @param now the time, milliseconds since 1970
	 */
	ListingResult put(Listing listing, ListingLimits limits, boolean hidden, long now) {
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
				order by last_paid, number limit 1""").param("own", own + 1).query(ListingRows::number).list();
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
			.param("hiddenAt", hiddenAt, Types.BIGINT)
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

	/**
	 * Hide listings, or show them.
	 * @return how many there are
	 */
	int hide(String of, @Nullable Long at) {
		List<Long> numbers = numbers("(origin = :of or url = :of)", of);
		for (Long number : numbers) {
			this.jdbc.sql("update listing set hidden_at = :at where number = :number")
				.param("at", at, Types.BIGINT)
				.param("number", number)
				.update();
			index(number, at != null);
		}
		return numbers.size();
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
		this.index.put(number,
				ListingWords.of(WireJson.read(document.getBytes(StandardCharsets.UTF_8), DiscoveredResource.class)));
	}

	/** Remove what is listed at an origin. */
	void removeAt(String origin) {
		remove(numbers("origin = :of", origin));
	}

	/**
	 * Remove some of what was not paid for long.
	 * @return how much
	 */
	int removeOlder(long before, int most) {
		List<Long> numbers = this.jdbc.sql("""
				select number from listing where last_paid < :before and hidden_at is null
				order by last_paid limit :count""")
			.param("before", before)
			.param("count", most)
			.query(ListingRows::number)
			.list();
		remove(numbers);
		return numbers.size();
	}

	private List<Long> numbers(String which, String of) {
		return this.jdbc.sql("select number from listing where " + which + " order by number")
			.param("of", of)
			.query(ListingRows::number)
			.list();
	}

	private void remove(List<Long> numbers) {
		for (Long number : numbers) {
			this.index.remove(number);
			this.jdbc.sql("delete from listing where number = :number").param("number", number).update();
		}
	}

	private static Long number(ResultSet row, int place) throws SQLException {
		return row.getLong("number");
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
