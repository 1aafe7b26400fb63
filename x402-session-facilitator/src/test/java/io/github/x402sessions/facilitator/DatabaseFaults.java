package io.github.x402sessions.facilitator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import io.github.x402sessions.facilitator.FaultyConnections.Fault;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabaseClock;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets every call of a unit of work to the database fail in turn, in every way, and looks
 * whether its steps were taken together or not at all, and whether the pool is of use
 * afterwards.
 */
public final class DatabaseFaults implements AutoCloseable {

	private static final List<String> TABLES = List.of("settlement", "chain_transaction", "channel", "facilitator_node",
			"allowance_lock", "payment_session", "deferred_exposure", "payment_day", "limit_use", "verified_amount");

	/** What is different in every run: times, and names that are made up. */
	private static final Pattern MADE_UP = Pattern.compile(
			"=(?<=_at=|alive_until=|leased_until=|waited_until=|noted_until=|last_used=|taken=)[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}");

	private final TestDatabase database;

	private final FaultyConnections connections;

	private final HikariDataSource pool;

	private final JdbcClient books;

	private DatabaseFaults(TestDatabase database) {
		this.database = database;
		this.books = database.jdbc();
		HikariConfig config = new HikariConfig();
		HikariDataSource sound = database.dataSource();
		sound.copyStateTo(config);
		this.connections = new FaultyConnections(new DriverDataSource(sound.getJdbcUrl(), null,
				sound.getDataSourceProperties(), sound.getUsername(), sound.getPassword()), database.dialect());
		config.setDataSource(this.connections);
		config.setMaximumPoolSize(1);
		this.pool = new HikariDataSource(config);
	}

	public static DatabaseFaults of(TestDatabase database) {
		return new DatabaseFaults(database);
	}

	private JdbcClient jdbc() {
		return DatabasePool.jdbc(this.pool, dialect());
	}

	private TransactionOperations transactions() {
		return DatabasePool.transactions(this.pool, dialect());
	}

	/** The store of a process that meets the faults. */
	public TestStore store() {
		return new TestStore(jdbc(), transactions(), dialect(), new DatabaseClock(jdbc(), dialect()));
	}

	private Dialect dialect() {
		return this.database.dialect();
	}

	/**
	 * Let a unit of work meet all faults.
	 * @param prepare fills the empty tables
	 * @param unit the unit of work
	 */
	public void strike(Runnable prepare, Runnable unit) {
		fresh(prepare);
		List<String> before = rows();
		this.connections.arm(Fault.NONE, 0);
		unit.run();
		int calls = this.connections.disarm();
		List<String> after = rows();
		assertThat(after).as("the unit does something").isNotEqualTo(before);
		for (Fault fault : List.of(Fault.BUSY, Fault.CANCELLED, Fault.FULL, Fault.RESET, Fault.LOST)) {
			IntStream.rangeClosed(1, calls).forEach((call) -> {
				fresh(prepare);
				this.connections.arm(fault, call);
				runThrough(unit);
				this.connections.disarm();
				boolean begunAgain = fault == Fault.BUSY && !this.connections.failedAtTheEnd();
				assertThat(rows()).as("all or nothing, %s at call %d of %d", fault, call, calls)
					.isIn(begunAgain ? List.of(after) : List.of(before, after));
				runThrough(unit);
				assertThat(rows()).as("the next call after %s at call %d of %d", fault, call, calls).isEqualTo(after);
			});
		}
	}

	private static void runThrough(Runnable unit) {
		try {
			unit.run();
		}
		catch (RuntimeException ex) {
			assertThat(ex).as("a fault is told as one of the database")
				.isInstanceOfAny(DataAccessException.class, IllegalStateException.class);
		}
	}

	private void fresh(Runnable prepare) {
		this.database.transactions().executeWithoutResult((status) -> {
			TABLES.forEach((table) -> this.books.sql("delete from " + table).update());
			prepare.run();
		});
	}

	/** By a connection of its own, which sees only what is committed. */
	private List<String> rows() {
		List<String> rows = new ArrayList<>();
		TABLES.forEach((table) -> this.books.sql("select * from " + table)
			.query()
			.listOfRows()
			.stream()
			.map((row) -> MADE_UP.matcher(table + row).replaceAll("*"))
			.sorted()
			.forEach(rows::add));
		return rows;
	}

	@Override
	public void close() {
		this.pool.close();
	}

}
