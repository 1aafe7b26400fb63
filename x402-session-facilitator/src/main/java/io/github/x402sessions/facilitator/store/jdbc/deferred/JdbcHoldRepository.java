package io.github.x402sessions.facilitator.store.jdbc.deferred;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.deferred.hold.HeldPayment;
import io.github.x402sessions.facilitator.deferred.hold.HoldRepository;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The held payments among the settlements in the database. Thread-safe.
 *
 * @param jdbc the database
 * @param nodes who shares it
 * @param clock the time that is written to rows
 */
record JdbcHoldRepository(JdbcClient jdbc, Nodes nodes, Clock clock) implements HoldRepository {

	@Override
	public boolean commit(String id, BigInteger amount, String terms, @Nullable OutcomeDelivery delivery) {
		return this.jdbc.sql("""
				update settlement set status = 'COMMITTED', amount = :amount, payment_terms = :terms, told = true,
				telling = :telling, held_until = null, created_at = :now, updated_at = :now
				where id = :id and status = 'HELD' and amount >= :amount""")
			.param("amount", amount.longValueExact())
			.param("terms", terms)
			.param("telling", (delivery != null) ? delivery.id() : null)
			.param("now", this.clock.millis())
			.param("id", id)
			.update() == 1;
	}

	@Override
	public boolean release(String id, String note) {
		return this.jdbc.sql("""
				update settlement set status = 'RELEASED', held_until = null, note = :note, updated_at = :now
				where id = :id and status = 'HELD'""")
			.param("note", note)
			.param("now", this.clock.millis())
			.param("id", id)
			.update() == 1;
	}

	@Override
	public List<String> accounts(String paymentId) {
		return this.jdbc.sql("""
				select session_id from settlement
				where payment_id = :paymentId and held_until is not null and status = 'HELD'""")
			.param("paymentId", paymentId)
			.query((row, number) -> row.getString("session_id"))
			.list();
	}

	@Override
	public List<HeldPayment> lapsed(Duration grace) {
		return this.jdbc.sql("""
				select id, session_id, asset, payer, recipient, amount from settlement
				where held_until < :before order by held_until limit :count""")
			.param("before", this.clock.millis() - grace.toMillis())
			.param("count", LAPSED_AT_ONCE)
			.query((row, number) -> new HeldPayment(row.getString("id"), row.getString("session_id"),
					new Parties(row.getString("asset"), row.getString("payer"), row.getString("recipient")),
					BigInteger.valueOf(row.getLong("amount"))))
			.list();
	}

	@Override
	public int heldHere() {
		return this.jdbc.sql("select count(*) from settlement where status = 'HELD' and node = :self")
			.param("self", this.nodes.self())
			.query(Integer.class)
			.single();
	}

}
