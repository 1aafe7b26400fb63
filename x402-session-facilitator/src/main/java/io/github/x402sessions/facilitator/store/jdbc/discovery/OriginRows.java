package io.github.x402sessions.facilitator.store.jdbc.discovery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.discovery.Listings;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of origins: whose each is. Steps that belong together are for the caller to
 * run so. Thread-safe.
 *
 * @param jdbc the database
 */
record OriginRows(JdbcClient jdbc) {

	/** Whose an origin is that was hidden before anything was paid there. */
	private static final String NOBODY = "";

	private static final Pattern USUAL_PORT = Pattern.compile("(https?)://[^:]+");

	/**
	 * Say whose an origin is; of one that is nobody's, whoever comes first has it, and
	 * who comes at the same time waits.
	 */
	OwnedOrigin claim(String origin, String payTo, long now) {
		return this.jdbc.sql("""
				insert into listing_origin (origin, pay_to, paid_at) values (:origin, :payTo, :now)
				on conflict (origin) do update set pay_to = listing_origin.pay_to
				returning pay_to, paid_at, hidden_at""")
			.param("origin", origin)
			.param("payTo", payTo)
			.param("now", now)
			.query(OriginRows::origin)
			.single();
	}

	/** Return the same host with TLS, or without, where both have their usual ports. */
	Optional<OwnedOrigin> twin(String origin) {
		Matcher scheme = USUAL_PORT.matcher(origin);
		if (!scheme.matches()) {
			return Optional.empty();
		}
		String twin = ("https".equals(scheme.group(1)) ? "http" : "https") + origin.substring(scheme.end(1));
		return this.jdbc.sql("select pay_to, paid_at, hidden_at from listing_origin where origin = :origin")
			.param("origin", twin)
			.query(OriginRows::origin)
			.optional();
	}

	private static OwnedOrigin origin(ResultSet row, int number) throws SQLException {
		return new OwnedOrigin(row.getString("pay_to"), row.getLong("paid_at"), row.getObject("hidden_at") != null);
	}

	/** Give an origin to somebody else. */
	void give(String origin, String payTo) {
		this.jdbc.sql("update listing_origin set pay_to = :payTo where origin = :origin")
			.param("payTo", payTo)
			.param("origin", origin)
			.update();
	}

	/** Say that something was paid there. */
	void paid(String origin, long now) {
		this.jdbc.sql("update listing_origin set paid_at = :now where origin = :origin")
			.param("now", now)
			.param("origin", origin)
			.update();
	}

	/** Hide an origin, whether or not anything was paid there, or show it. */
	void hide(String of, @Nullable Long at, long now) {
		if (at != null && Listings.isOrigin(of)) {
			claim(of, NOBODY, now);
		}
		this.jdbc.sql("update listing_origin set hidden_at = :at where origin = :of")
			.param("at", at, Types.BIGINT)
			.param("of", of)
			.update();
	}

	/** Forget those that were not paid for long. */
	void removeOlder(long before) {
		this.jdbc.sql("delete from listing_origin where paid_at < :before and hidden_at is null")
			.param("before", before)
			.update();
	}

	/** Forget an origin; return whether it was somebody's. */
	boolean remove(String origin) {
		return this.jdbc.sql("delete from listing_origin where origin = :origin").param("origin", origin).update() > 0;
	}

	/**
	 * An origin.
	 *
	 * @param payTo whose it is
	 * @param paidAt when something was paid there last, milliseconds since 1970
	 * @param hidden whether the operator has hidden it
	 */
	record OwnedOrigin(String payTo, long paidAt, boolean hidden) {

		/** Whether it is whoever's that is paid there next. */
		boolean isFree(long now, long retention) {
			return this.payTo.equals(NOBODY) || (!this.hidden && this.paidAt <= now - retention);
		}

	}

}
