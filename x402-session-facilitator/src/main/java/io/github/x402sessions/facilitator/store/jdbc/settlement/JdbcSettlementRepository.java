package io.github.x402sessions.facilitator.store.jdbc.settlement;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.facilitator.store.jdbc.database.Statuses;
import io.github.x402sessions.stellar.transfer.Transfer;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The settlements in the database. Thread-safe.
 */
final class JdbcSettlementRepository implements SettlementRepository {

	private final JdbcClient jdbc;

	private final Nodes nodes;

	private final Clock clock;

	/**
	 * Create them.
	 * @param jdbc the database
	 * @param nodes who shares it
	 * @param clock the time that is written to rows
	 */
	JdbcSettlementRepository(JdbcClient jdbc, Nodes nodes, Clock clock) {
		this.jdbc = jdbc;
		this.nodes = nodes;
		this.clock = clock;
	}

	@Override
	public boolean add(Settlement settlement, PaymentKey key, Duration waited) {
		Transfer transfer = settlement.transfer();
		return this.jdbc
			.sql("""
					insert into settlement (id, %s, asset, payer, recipient, amount, status, node, payment_id, payment_alias,
					payment_terms, told, waited_until, created_at, updated_at)
					values (:id, :account, :asset, :payer, :recipient, :amount, 'RESERVED', :node, :paymentId, :alias,
					:paymentTerms, :told, :waitedUntil, :now, :now)
					on conflict do nothing"""
				.formatted(AccountColumn.of(settlement.account())))
			.param("id", settlement.id())
			.param("account", settlement.account())
			.param("asset", transfer.asset())
			.param("payer", transfer.from())
			.param("recipient", transfer.to())
			.param("amount", transfer.amount().longValueExact())
			.param("node", this.nodes.self())
			.param("paymentId", key.id())
			.param("alias", key.alias())
			.param("paymentTerms", key.terms())
			.param("told", key.tracked())
			.param("waitedUntil", this.clock.millis() + waited.toMillis())
			.param("now", this.clock.millis())
			.update() == 1;
	}

	@Override
	public boolean release(String id, String note) {
		return this.jdbc.sql("""
				update settlement set status = 'RELEASED', note = :note, updated_at = :now
				where id = :id and status = 'RESERVED'""")
			.param("note", Outcome.note(note))
			.param("now", this.clock.millis())
			.param("id", id)
			.update() == 1;
	}

	@Override
	public boolean isReleased(String id) {
		return this.jdbc.sql("select count(*) from settlement where id = :id and status = 'RELEASED'")
			.param("id", id)
			.query(Integer.class)
			.single() == 1;
	}

	@Override
	public boolean carry(String id, String hash) {
		return this.jdbc.sql("""
				update settlement set status = 'SUBMITTED', tx_hash = :hash, updated_at = :now
				where id = :id and status = 'RESERVED'""")
			.param("hash", hash)
			.param("now", this.clock.millis())
			.param("id", id)
			.update() == 1;
	}

	@Override
	public boolean carryCommitted(List<String> ids, String hash) {
		return this.jdbc.sql("""
				update settlement set status = 'SUBMITTED', tx_hash = :hash, updated_at = :now
				where id in (:ids) and deferred and status in %s""".formatted(Statuses.COMMITTED))
			.param("hash", hash)
			.param("now", this.clock.millis())
			.param("ids", ids)
			.update() == ids.size();
	}

	@Override
	public int takeBackCommitted(String hash) {
		this.jdbc.sql("""
				update settlement set status = 'SUBMITTED', tx_hash = given_back_by, updated_at = :now
				where given_back_by = :hash and status in ('COMMITTED', 'DEFAULTED', 'WRITTEN_OFF')""")
			.param("now", this.clock.millis())
			.param("hash", hash)
			.update();
		return this.jdbc.sql("select count(*) from settlement where given_back_by = :hash and tx_hash <> :hash")
			.param("hash", hash)
			.query(Integer.class)
			.single();
	}

	@Override
	public int carriedBy(String hash) {
		return this.jdbc.sql("select count(*) from settlement where tx_hash = :hash")
			.param("hash", hash)
			.query(Integer.class)
			.single();
	}

	@Override
	public void conclude(String hash, Outcome outcome) {
		if (outcome.status() != Outcome.Status.CONFIRMED) {
			giveBack(hash, outcome);
		}
		this.jdbc.sql("""
				update settlement set status = :status, ledger = :ledger, note = :note, updated_at = :now
				where tx_hash = :hash""")
			.param("status", outcome.status().name())
			.param("ledger", outcome.ledger())
			.param("note", outcome.note())
			.param("now", this.clock.millis())
			.param("hash", hash)
			.update();
	}

	/**
	 * What is committed is paid by another transaction then. One whose identifier is
	 * forgotten, because it seemed paid for long, is known by its own.
	 */
	private void giveBack(String hash, Outcome outcome) {
		this.jdbc.sql("""
				update settlement set status = case when defaulted then 'DEFAULTED' else 'COMMITTED' end,
				given_back_by = tx_hash, tx_hash = null, payment_id = coalesce(payment_id, id), ledger = null,
				note = :note, updated_at = :now
				where tx_hash = :hash and deferred""")
			.param("note", outcome.note())
			.param("now", this.clock.millis())
			.param("hash", hash)
			.update();
	}

	@Override
	public int leaveIdentifiers(String hash) {
		return this.jdbc.sql("""
				update settlement set payment_id = null, payment_alias = null, payment_terms = null, updated_at = :now
				where tx_hash = :hash and status in ('FAILED', 'DEAD') and payment_id is not null
				and (exists (select 1 from settlement other where other.session_id = settlement.session_id
				and other.payment_id = settlement.payment_id and other.id <> settlement.id and other.status in %1$s)
				or exists (select 1 from settlement other where other.account = settlement.account
				and other.payment_id = settlement.payment_id and other.id <> settlement.id and other.status in %1$s)
				or exists (select 1 from settlement other where other.account = settlement.account
				and other.payment_alias = settlement.payment_alias and other.id <> settlement.id
				and other.status in %1$s))""".formatted(Statuses.ALIVE))
			.param("hash", hash)
			.param("now", this.clock.millis())
			.update();
	}

	@Override
	public String account(String id) {
		return this.jdbc.sql("select coalesce(session_id, account) from settlement where id = :id")
			.param("id", id)
			.query(String.class)
			.single();
	}

	@Override
	public List<String> accounts(String hash) {
		return this.jdbc.sql("""
				select distinct coalesce(session_id, account) as account from settlement where tx_hash = :hash
				order by account""").param("hash", hash).query((row, number) -> row.getString("account")).list();
	}

	@Override
	public List<String> abandoned(Duration longest) {
		return this.jdbc.sql("""
				select id from settlement where status = 'RESERVED' and (created_at < :overdue
				or not exists (select 1 from facilitator_node n where n.id = node and n.alive_until >= :now))""")
			.param("overdue", this.clock.millis() - longest.toMillis())
			.param("now", this.clock.millis())
			.query((row, number) -> row.getString("id"))
			.list();
	}

	@Override
	public int reservedHere() {
		return this.jdbc.sql("select count(*) from settlement where status = 'RESERVED' and node = :self")
			.param("self", this.nodes.self())
			.query(Integer.class)
			.single();
	}

	@Override
	public int forgetIdentifiers(Duration retention) {
		return this.jdbc
			.sql("""
					update settlement set payment_id = null, payment_alias = null, payment_terms = null where id in (select s.id from settlement s
					where s.payment_id is not null and s.status not in %s and s.updated_at < :before
					order by s.updated_at limit :count)"""
				.formatted(Statuses.OPEN))
			.param("before", this.clock.millis() - retention.toMillis())
			.param("count", FORGOTTEN_AT_ONCE)
			.update();
	}

}
