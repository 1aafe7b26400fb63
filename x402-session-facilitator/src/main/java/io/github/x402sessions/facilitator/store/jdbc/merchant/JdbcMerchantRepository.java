package io.github.x402sessions.facilitator.store.jdbc.merchant;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.facilitator.merchant.Merchant;
import io.github.x402sessions.facilitator.merchant.MerchantKey;
import io.github.x402sessions.facilitator.merchant.MerchantLimits;
import io.github.x402sessions.facilitator.merchant.MerchantRepository;
import io.github.x402sessions.facilitator.merchant.MerchantTerms;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The merchants in the database. Thread-safe.
 *
 * @param jdbc the database
 * @param dialect its dialect
 * @param clock the time that is written to rows
 */
record JdbcMerchantRepository(JdbcClient jdbc, Dialect dialect, Clock clock) implements MerchantRepository {

	private static final Logger logger = LoggerFactory.getLogger(JdbcMerchantRepository.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration BETWEEN_USES = Duration.ofMinutes(1);

	@Override
	public long version() {
		return this.jdbc.sql("select version from merchant_head where id = 1").query(Long.class).single();
	}

	@Override
	public void lock() {
		this.jdbc.sql("update merchant_head set version = version + 1 where id = 1").update();
	}

	@Override
	public List<Merchant> all() {
		return merchants(this.jdbc
			.sql("""
					select m.*, r.recipient from merchant m join merchant_recipient r on r.merchant = m.id order by m.name"""));
	}

	@Override
	public Optional<Merchant> find(String name) {
		return merchants(this.jdbc
			.sql("""
					select m.*, r.recipient from merchant m join merchant_recipient r on r.merchant = m.id where m.name = :name""")
			.param("name", name)).stream().findFirst();
	}

	/** One statement: nobody is seen without recipients. */
	private static List<Merchant> merchants(JdbcClient.StatementSpec statement) {
		Map<String, Merchant> first = new LinkedHashMap<>();
		Map<String, List<String>> recipients = new HashMap<>();
		statement.query((RowCallbackHandler) (row) -> {
			String id = row.getString("id");
			recipients.computeIfAbsent(id, (merchant) -> new ArrayList<>()).add(row.getString("recipient"));
			if (!first.containsKey(id)) {
				first.put(id, merchant(row));
			}
		});
		return first.values()
			.stream()
			.map((merchant) -> merchant.with(MerchantTerms.of(recipients.getOrDefault(merchant.id(), List.of()),
					merchant.terms().assets(), merchant.terms().schemes(), merchant.terms().limits())))
			.toList();
	}

	/**
	 * Return the merchant without its recipients. Whatever another version has written is
	 * read, so that it is nobody else's matter: what is not understood is paused.
	 */
	private static Merchant merchant(ResultSet row) throws SQLException {
		String id = row.getString("id");
		String name = row.getString("name");
		Instant created = Instant.ofEpochMilli(row.getLong("created_at"));
		try {
			return new Merchant(id, name, MerchantTerms.of(List.of(), list(row.getString("assets")),
					list(row.getString("schemes")), new MerchantLimits(amount(row, "most_per_call"),
							amount(row, "most_per_day"), amount(row, "most_open"))),
					row.getBoolean("paused"), created, true);
		}
		catch (RuntimeException ex) {
			LOG.log(id,
					(skipped) -> logger.error("The merchant '{}' is paused here, because its row is not understood: {}",
							name, ex.getMessage()));
			return new Merchant(id, name, MerchantTerms.of(List.of(), List.of(), List.of(), MerchantLimits.NONE), true,
					created, false);
		}
	}

	private static List<String> list(@Nullable String text) {
		if (text == null || (!text.isEmpty() && text.isBlank())) {
			throw new IllegalArgumentException("a list is blank");
		}
		return text.isEmpty() ? List.of() : List.of(text.split(" "));
	}

	private static @Nullable BigInteger amount(ResultSet row, String column) throws SQLException {
		Object value = row.getObject(column);
		if (value == null) {
			return null;
		}
		if (value instanceof Number amount && amount.longValue() > 0) {
			return BigInteger.valueOf(amount.longValue());
		}
		throw new IllegalArgumentException("the limit '" + column + "' is no amount");
	}

	@Override
	public void add(Merchant merchant) {
		with(merchant,
				"""
						insert into merchant (id, name, assets, schemes, most_per_call, most_per_day, most_open, paused, created_at,
						updated_at) values (:id, :name, :assets, :schemes, :perCall, :perDay, :exposure, :paused, :created, :now)""")
			.param("name", merchant.name())
			.param("created", merchant.created().toEpochMilli())
			.update();
		addRecipients(merchant);
	}

	@Override
	public void update(Merchant merchant) {
		with(merchant,
				"""
						update merchant set assets = :assets, schemes = :schemes, most_per_call = :perCall, most_per_day = :perDay,
						most_open = :exposure, paused = :paused, updated_at = :now where id = :id""")
			.update();
		this.jdbc.sql("delete from merchant_recipient where merchant = :id").param("id", merchant.id()).update();
		addRecipients(merchant);
	}

	private JdbcClient.StatementSpec with(Merchant merchant, String sql) {
		MerchantTerms terms = merchant.terms();
		return this.jdbc.sql(sql)
			.param("id", merchant.id())
			.param("assets", String.join(" ", terms.assets()))
			.param("schemes", String.join(" ", terms.schemes()))
			.param("perCall", amount(terms.limits().perCall()))
			.param("perDay", amount(terms.limits().perDay()))
			.param("exposure", amount(terms.limits().exposure()))
			.param("paused", merchant.paused())
			.param("now", this.clock.millis());
	}

	private static @Nullable Long amount(@Nullable BigInteger amount) {
		return (amount != null) ? amount.longValueExact() : null;
	}

	private void addRecipients(Merchant merchant) {
		this.jdbc.sql("insert into merchant_recipient (recipient, merchant) values :rows")
			.param("rows",
					merchant.terms()
						.recipients()
						.stream()
						.map((recipient) -> new Object[] { recipient, merchant.id() })
						.toList())
			.update();
	}

	@Override
	public List<MerchantKey> usableKeys() {
		return this.jdbc.sql("""
				select * from merchant_key where revoked_at is null and (expires_at is null or expires_at > :now)""")
			.param("now", this.clock.millis())
			.query(JdbcMerchantRepository::key)
			.list();
	}

	@Override
	public List<MerchantKey> keys(String merchant) {
		return this.jdbc.sql("select * from merchant_key where merchant = :merchant order by created_at, id")
			.param("merchant", merchant)
			.query(JdbcMerchantRepository::key)
			.list();
	}

	private static MerchantKey key(ResultSet row, int number) throws SQLException {
		return new MerchantKey(row.getString("id"), row.getString("merchant"), row.getString("label"),
				row.getString("hash"), Instant.ofEpochMilli(row.getLong("created_at")), time(row, "expires_at"),
				time(row, "revoked_at"), time(row, "last_used_at"));
	}

	private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
		return (row.getObject(column) instanceof Number time) ? Instant.ofEpochMilli(time.longValue()) : null;
	}

	@Override
	public void add(MerchantKey key) {
		Instant expires = key.expires();
		this.jdbc.sql("""
				insert into merchant_key (id, merchant, label, hash, created_at, expires_at)
				values (:id, :merchant, :label, :hash, :created, :expires)""")
			.param("id", key.id())
			.param("merchant", key.merchant())
			.param("label", key.label())
			.param("hash", key.hash())
			.param("created", key.created().toEpochMilli())
			.param("expires", (expires != null) ? expires.toEpochMilli() : null)
			.update();
	}

	@Override
	public void expire(Collection<String> ids, Instant at) {
		if (!ids.isEmpty()) {
			this.jdbc.sql("""
					update merchant_key set expires_at = :at
					where id in (:ids) and (expires_at is null or expires_at > :at)""")
				.param("at", at.toEpochMilli())
				.param("ids", ids)
				.update();
		}
	}

	@Override
	public void revoke(String id, Instant at) {
		this.jdbc.sql("update merchant_key set revoked_at = :at where id = :id and revoked_at is null")
			.param("at", at.toEpochMilli())
			.param("id", id)
			.update();
	}

	@Override
	public void used(Collection<String> ids, Instant at) {
		this.jdbc.sql("""
				update merchant_key set last_used_at = :at
				where id in (:ids) and (last_used_at is null or last_used_at <= :before)""")
			.param("at", at.toEpochMilli())
			.param("before", at.minus(BETWEEN_USES).toEpochMilli())
			.param("ids", ids)
			.update();
	}

	@Override
	public void counted(Collection<String> settlements, String user, long until) {
		this.jdbc.sql("update settlement set limit_user = :user, limit_until = :until where id in (:ids)")
			.param("user", user)
			.param("until", until)
			.param("ids", settlements)
			.update();
	}

	@Override
	public void lockCounted(String transaction) {
		if (this.dialect.isShared()) {
			this.jdbc.sql("""
					select who from limit_use where limit_name = 'merchant-day' and who in (
					select limit_user from settlement where tx_hash = :hash and limit_user is not null)
					order by who collate "C" for update""")
				.param("hash", transaction)
				.query((row, number) -> row.getString("who"))
				.list();
		}
	}

}
