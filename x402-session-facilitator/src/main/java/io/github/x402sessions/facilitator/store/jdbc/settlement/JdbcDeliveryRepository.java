package io.github.x402sessions.facilitator.store.jdbc.settlement;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

import io.github.x402sessions.facilitator.settlement.repository.DeliveryRepository;
import io.github.x402sessions.facilitator.settlement.repository.HeldAmount;
import io.github.x402sessions.facilitator.settlement.repository.KnownPayment;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.store.jdbc.database.Statuses;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deliveries in the rows of their settlements. Thread-safe.
 *
 * @param jdbc the database
 */
record JdbcDeliveryRepository(JdbcClient jdbc) implements DeliveryRepository {

	@Override
	public Optional<KnownPayment> named(String account, String paymentId) {
		return this.jdbc
			.sql("select * from settlement where %1$s = :account and payment_id = :paymentId and status in %2$s"
				.formatted(AccountColumn.of(account), Statuses.ALIVE))
			.param("account", account)
			.param("paymentId", paymentId)
			.query(JdbcDeliveryRepository::read)
			.optional();
	}

	@Override
	public boolean isAliasTaken(String account, String alias, String paymentId) {
		return this.jdbc.sql("""
				select count(*) from settlement where account = :account and payment_alias = :alias
				and payment_id <> :paymentId and status in %s""".formatted(Statuses.ALIVE))
			.param("account", account)
			.param("alias", alias)
			.param("paymentId", paymentId)
			.query(Integer.class)
			.single() > 0;
	}

	@Override
	public Optional<KnownPayment> unnamed(String account, String terms, long oldest, long now) {
		return this.jdbc.sql("""
				select * from settlement where %s = :account and payment_id is null and payment_terms = :terms
				and status in %s and waited_until > :oldest and (waited_until <= :now or not exists
				(select 1 from facilitator_node n where n.id = node and n.alive_until >= :now))
				order by told, created_at limit 1""".formatted(AccountColumn.of(account), Statuses.ALIVE_UNNAMED))
			.param("account", account)
			.param("terms", terms)
			.param("oldest", oldest)
			.param("now", now)
			.query(JdbcDeliveryRepository::read)
			.optional();
	}

	private static KnownPayment read(ResultSet row, int number) throws SQLException {
		String id = row.getString("id");
		boolean deferred = row.getBoolean("deferred");
		return new KnownPayment(id, row.getString("payment_terms"),
				deferred || "CONFIRMED".equals(row.getString("status")), row.getBoolean("told"),
				deferred ? id : row.getString("tx_hash"), deferred ? row.getLong("settle_before") : null, held(row));
	}

	private static @Nullable HeldAmount held(ResultSet row) throws SQLException {
		return "HELD".equals(row.getString("status")) ? new HeldAmount(BigInteger.valueOf(row.getLong("amount")),
				Instant.ofEpochMilli(row.getLong("held_until"))) : null;
	}

	@Override
	public boolean tell(String settlement, String delivery, @Nullable Long waitedUntil) {
		return this.jdbc
			.sql("update settlement set told = true, telling = :telling, waited_until = "
					+ ((waitedUntil != null) ? ":until" : "waited_until") + " where id = :id and not told")
			.param("telling", delivery)
			.param("until", waitedUntil)
			.param("id", settlement)
			.update() == 1;
	}

	@Override
	public void arrived(OutcomeDelivery delivery, long waitedUntil) {
		this.jdbc
			.sql("update settlement set waited_until = :until, payment_terms = "
					+ (delivery.echoed() ? "payment_terms" : "null") + " where id = :id and telling = :telling")
			.param("until", waitedUntil)
			.param("id", delivery.settlement())
			.param("telling", delivery.id())
			.update();
	}

	@Override
	public void leave(String settlement, long waitedUntil) {
		this.jdbc.sql("update settlement set waited_until = :left where id = :id and not told")
			.param("left", waitedUntil)
			.param("id", settlement)
			.update();
	}

	@Override
	public boolean takeBack(OutcomeDelivery delivery, long waitedUntil) {
		return this.jdbc.sql("""
				update settlement set told = false, telling = null, waited_until = :left
				where id = :id and telling = :telling""")
			.param("left", waitedUntil)
			.param("id", delivery.settlement())
			.param("telling", delivery.id())
			.update() == 1;
	}

}
