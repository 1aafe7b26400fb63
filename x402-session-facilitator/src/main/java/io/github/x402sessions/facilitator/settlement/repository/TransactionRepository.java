package io.github.x402sessions.facilitator.settlement.repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.store.Dialect;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The transactions in the books: {@code OPEN} from before they are sent, perhaps
 * {@code OVER} when no ledger can apply them any more but it is not known whether one
 * has, and then {@code CONFIRMED | FAILED | DEAD}, with all settlements that they carry.
 * Each step is taken at most once, whichever node tries. Thread-safe.
 */
public final class TransactionRepository {

	private static final Logger logger = LoggerFactory.getLogger(TransactionRepository.class);

	private static final int CLAIMED_AT_ONCE = 100;

	private static final Duration A_WHILE = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final Dialect dialect;

	private final Nodes nodes;

	private final Clock clock;

	private final SessionSums sums;

	private final CarriedSettlements carried;

	/**
	 * Create the book.
	 * @param jdbc the database
	 * @param transactions its transactions
	 * @param dialect its dialect
	 * @param nodes who shares it
	 * @param clock the time that is written to rows
	 * @param books the settlements that they carry
	 */
	public TransactionRepository(JdbcClient jdbc, TransactionOperations transactions, Dialect dialect, Nodes nodes,
			Clock clock, SettlementRepository books) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.dialect = dialect;
		this.nodes = nodes;
		this.clock = clock;
		this.sums = books.sums();
		this.carried = new CarriedSettlements(jdbc, clock, this.sums);
	}

	/**
	 * Write a transaction down. Only after this may it be sent.
	 * @param members the settlements that it carries
	 * @param submitted the transaction
	 * @param lease the right to make it
	 * @throws IllegalStateException if the lease has ended, or a settlement is no longer
	 * reserved; then nothing is written
	 */
	public void open(List<Settlement> members, SubmittedTransaction submitted, ChannelLease lease) {
		this.transactions.executeWithoutResult((status) -> {
			insert(submitted);
			members.forEach((member) -> carry(member, submitted.hash()));
			int released = this.jdbc.sql("""
					update channel set lease = null, leased_until = 0
					where address = :address and lease = :lease""")
				.param("address", lease.address())
				.param("lease", lease.id())
				.update();
			require(released == 1, "the lease of channel " + lease.address() + " has ended");
		});
	}

	private void insert(SubmittedTransaction submitted) {
		SignedTransaction transaction = submitted.transaction();
		this.jdbc
			.sql("""
					insert into chain_transaction (hash, envelope, source, sequence, max_time, submitted_ledger, status, node,
					created_at, updated_at)
					values (:hash, :envelope, :source, :sequence, :maxTime, :ledger, 'OPEN', :node, :now, :now)""")
			.param("hash", transaction.hash())
			.param("envelope", transaction.envelope())
			.param("source", transaction.source())
			.param("sequence", transaction.sequence())
			.param("maxTime", transaction.maxTime())
			.param("ledger", submitted.ledger())
			.param("node", this.nodes.self())
			.param("now", this.clock.millis())
			.update();
	}

	private void carry(Settlement settlement, String hash) {
		int updated = this.jdbc.sql("""
				update settlement set status = 'SUBMITTED', tx_hash = :hash, updated_at = :now
				where id = :id and status = 'RESERVED'""")
			.param("hash", hash)
			.param("now", this.clock.millis())
			.param("id", settlement.id())
			.update();
		require(updated == 1, "settlement " + settlement.id() + " is no longer reserved");
	}

	/**
	 * Write down that no ledger can apply a transaction any more: its channel is free.
	 */
	public void over(String hash) {
		this.jdbc.sql(
				"update chain_transaction set status = 'OVER', updated_at = :now where hash = :hash and status = 'OPEN'")
			.param("now", this.clock.millis())
			.param("hash", hash)
			.update();
	}

	/**
	 * Say what the books know of the end of a transaction that the chain no longer tells:
	 * somebody has written it down, or a ledger holds another one of ours with the same
	 * number of the same account, which proves that this one is in none.
	 * @return its end, or {@code null} if it is open
	 */
	public @Nullable TrackingResult fate(SignedTransaction transaction) {
		return this.jdbc.sql("""
				select status, ledger, 'as the books say' as note from chain_transaction
				where hash = :hash and status not in ('OPEN', 'OVER')
				union all select 'DEAD', null, 'another transaction of ours has used its sequence number'
				from chain_transaction where source = :source and sequence = :sequence
				and hash <> :hash and status in ('CONFIRMED', 'FAILED')""")
			.param("source", transaction.source())
			.param("sequence", transaction.sequence())
			.param("hash", transaction.hash())
			.query((row,
					number) -> new TrackingResult.Decided(new Outcome(Outcome.Status.valueOf(row.getString("status")),
							(row.getObject("ledger") instanceof Number ledger) ? ledger.longValue() : null,
							row.getString("note"))))
			.list()
			.stream()
			.findFirst()
			.orElse(null);
	}

	/**
	 * Write an outcome down and free what was reserved.
	 * @return whether this was the first outcome
	 */
	public boolean close(SubmittedTransaction submitted, Outcome outcome) {
		try {
			return close(submitted, outcome, () -> {
				free(submitted.hash(), outcome);
				this.carried.conclude(submitted.hash(), outcome);
			});
		}
		catch (DataIntegrityViolationException ex) {
			return close(submitted, outcome, () -> {
				this.carried.conclude(submitted.hash(), outcome);
				this.carried.mendSums(submitted.hash());
			});
		}
	}

	private boolean close(SubmittedTransaction submitted, Outcome outcome, Runnable freeing) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			boolean first = end(submitted.hash(), outcome);
			if (first) {
				freeing.run();
				learn(submitted.transaction(), outcome);
			}
			return first;
		}));
	}

	/**
	 * Give settlements the end of the transaction that carries them, where they have not
	 * got it, and their sessions the sums that come of it. What the database refuses is
	 * left as it is.
	 * @return how many transactions had ended without them
	 */
	public int mend() {
		List<Ended> ended = this.jdbc
			.sql("""
					select distinct t.hash, t.status, t.ledger from settlement s join chain_transaction t on t.hash = s.tx_hash
					where s.status = 'SUBMITTED' and t.status in ('CONFIRMED', 'FAILED', 'DEAD')""")
			.query(Ended::read)
			.list();
		return (int) ended.stream().filter(this::mend).count();
	}

	private boolean mend(Ended ended) {
		try {
			this.transactions
				.executeWithoutResult((status) -> this.carried.concludeAgain(ended.hash(), ended.outcome()));
			return true;
		}
		catch (DataIntegrityViolationException ex) {
			logger.error("The end of transaction {} cannot be given to what it carries: {}", ended.hash(),
					ex.getMessage());
			return false;
		}
	}

	private boolean end(String hash, Outcome outcome) {
		return this.jdbc.sql("""
				update chain_transaction set status = :status, ledger = :ledger, updated_at = :now
				where hash = :hash and status in ('OPEN', 'OVER')""")
			.param("status", outcome.status().name())
			.param("ledger", outcome.ledger())
			.param("now", this.clock.millis())
			.param("hash", hash)
			.update() == 1;
	}

	private void free(String hash, Outcome outcome) {
		String sum = "(select sum(s.amount) from settlement s where s.session_id = payment_session.id and s.tx_hash = :hash)";
		String spent = (outcome.status() == Outcome.Status.CONFIRMED) ? "spent + " + sum : "spent";
		this.jdbc.sql("""
				update payment_session set reserved = reserved - %s, spent = %s, updated_at = :now
				where id in (select s.session_id from settlement s where s.tx_hash = :hash)""".formatted(sum, spent))
			.param("hash", hash)
			.param("now", this.clock.millis())
			.update();
	}

	/**
	 * What was applied has used its number, unless a later one is known to be used; after
	 * anything else the chain is asked.
	 */
	private void learn(SignedTransaction transaction, Outcome outcome) {
		if (outcome.ledger() == null) {
			this.jdbc.sql("update channel set sequence = null where address = :source")
				.param("source", transaction.source())
				.update();
			return;
		}
		this.jdbc.sql("""
				update channel set sequence = :used
				where address = :source and (sequence is null or sequence < :used)""")
			.param("source", transaction.source())
			.param("used", transaction.sequence())
			.update();
	}

	/**
	 * Write down that a transaction has ended otherwise than the books say, and make the
	 * sums of its sessions again.
	 * @param said the status in the books, which it must still have
	 * @return how many of its payments were paid again meanwhile; empty if the books say
	 * something else now
	 */
	public OptionalInt correct(String hash, String said, Outcome outcome) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			int changed = this.jdbc.sql("""
					update chain_transaction set status = :status, ledger = :ledger, updated_at = :now
					where hash = :hash and status = :said""")
				.param("status", outcome.status().name())
				.param("ledger", outcome.ledger())
				.param("now", this.clock.millis())
				.param("hash", hash)
				.param("said", said)
				.update();
			return (changed == 0) ? OptionalInt.empty() : OptionalInt.of(this.carried.concludeAgain(hash, outcome));
		}));
	}

	/** Make the sums of a session again; return whether they were wrong. */
	public boolean mendSums(String sessionKey) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> this.sums.mend(sessionKey)));
	}

	/** Find a transaction whose end is open. */
	public Optional<SubmittedTransaction> find(String hash) {
		return this.jdbc.sql("select * from chain_transaction where hash = :hash and status in ('OPEN', 'OVER')")
			.param("hash", hash)
			.query(TransactionRepository::submitted)
			.optional();
	}

	/** Find a transaction that has ended as the books say. */
	public Optional<SubmittedTransaction> ended(String hash, String status) {
		return this.jdbc.sql("select * from chain_transaction where hash = :hash and status = :status")
			.param("hash", hash)
			.param("status", status)
			.query(TransactionRepository::submitted)
			.optional();
	}

	/**
	 * Take over the transactions whose outcome is open and whose node is gone.
	 * @return those, which are this node's to follow now
	 */
	public List<SubmittedTransaction> claim() {
		return this.jdbc.sql("""
				update chain_transaction set node = :self where hash in (select t.hash from chain_transaction t
				where t.status in ('OPEN', 'OVER') and not exists (select 1 from facilitator_node n where n.id = t.node
				and n.alive_until >= :now) order by t.created_at limit :count%s)
				returning *""".formatted(this.dialect.taken("t")))
			.param("self", this.nodes.self())
			.param("now", this.clock.millis())
			.param("count", CLAIMED_AT_ONCE)
			.query(TransactionRepository::submitted)
			.list();
	}

	/**
	 * Return the transactions of this node whose outcome has been open for a while.
	 */
	public List<SubmittedTransaction> own() {
		return this.jdbc.sql("""
				select * from chain_transaction where status in ('OPEN', 'OVER') and node = :self
				and created_at < :before order by created_at""")
			.param("self", this.nodes.self())
			.param("before", this.clock.millis() - A_WHILE.toMillis())
			.query(TransactionRepository::submitted)
			.list();
	}

	private static SubmittedTransaction submitted(ResultSet row, int number) throws SQLException {
		return new SubmittedTransaction(new SignedTransaction(row.getString("hash"), row.getString("envelope"),
				row.getString("source"), row.getLong("sequence"), row.getLong("max_time")),
				row.getLong("submitted_ledger"), null);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalStateException(message);
		}
	}

	/** A transaction that has ended. */
	private record Ended(String hash, Outcome outcome) {

		static Ended read(ResultSet row, int number) throws SQLException {
			Outcome.Status status = Outcome.Status.valueOf(row.getString("status"));
			return new Ended(row.getString("hash"), new Outcome(status,
					(status == Outcome.Status.DEAD) ? null : row.getLong("ledger"), "mended after a fault"));
		}

	}

}
