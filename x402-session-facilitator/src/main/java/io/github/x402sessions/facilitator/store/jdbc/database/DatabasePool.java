package io.github.x402sessions.facilitator.store.jdbc.database;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLErrorCodes;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens the database that keeps the books. Nobody holds or waits for a lock, or a
 * connection, for longer than a caller of the facilitator waits for an answer; a node
 * that stops in the middle of a transaction loses it to PostgreSQL.
 */
public final class DatabasePool {

	private static final int CONNECTIONS = 8;

	/** A caller rather hears that the books are busy. */
	private static final long MILLIS_TO_WAIT = 5_000;

	/**
	 * The lock that a statement waits for is had at once or begun for again, see
	 * {@link LockRetries}: while it waits, nobody else has the connection.
	 */
	private static final int MILLIS_FOR_A_LOCK = 250;

	/**
	 * For what the writer changes again and again. Each connection may come to use that
	 * much beside the heap; those that only read lose theirs with each commit.
	 */
	private static final int SQLITE_CACHE_KIB = 16 * 1024;

	/**
	 * A page that many commits change is copied to the file once, as soon as the log has
	 * 16 MiB and nobody reads what is older.
	 */
	private static final int SQLITE_CHECKPOINT_PAGES = 4_000;

	private static final String POSTGRESQL_LIMITS = "set lock_timeout = " + MILLIS_FOR_A_LOCK
			+ "; set statement_timeout = '20s'; " + "set idle_in_transaction_session_timeout = '3s'";

	private DatabasePool() {
	}

	/**
	 * Open a pool.
	 * @param url the JDBC URL
	 * @param username the user, for PostgreSQL
	 * @param password the user's password
	 * @return the pool, which the caller closes
	 */
	public static HikariDataSource pool(String url, String username, String password) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		dataSource.setPoolName("x402-facilitator");
		dataSource.setMaximumPoolSize(CONNECTIONS);
		dataSource.setConnectionTimeout(MILLIS_TO_WAIT);
		dataSource.setExceptionOverride(new ConnectionEviction());
		if (Dialect.of(url) == Dialect.SQLITE) {
			sqlite(dataSource);
		}
		else {
			dataSource.setUsername(username);
			dataSource.setPassword(password);
			postgresql(dataSource);
		}
		return dataSource;
	}

	/**
	 * Return what runs single statements.
	 * @param dataSource the pool
	 * @param dialect the database's dialect
	 * @return a client
	 */
	public static JdbcClient jdbc(HikariDataSource dataSource, Dialect dialect) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		if (dialect == Dialect.SQLITE) {
			template.setExceptionTranslator(sqliteErrors());
		}
		return JdbcClient.create(SingleStatements.of(template, WriterQueue.of(dataSource, dialect)));
	}

	/**
	 * Return what runs statements that belong together.
	 * @param dataSource the pool
	 * @param dialect the database's dialect
	 * @return the units of work
	 */
	public static TransactionOperations transactions(HikariDataSource dataSource, Dialect dialect) {
		JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
		if (dialect == Dialect.SQLITE) {
			transactions.setExceptionTranslator(sqliteErrors());
		}
		return new RetriedTransactions(new TransactionTemplate(transactions), WriterQueue.of(dataSource, dialect),
				dataSource);
	}

	/** SQLite has codes of its own, and no SQL states by which Spring would know them. */
	private static SQLErrorCodeSQLExceptionTranslator sqliteErrors() {
		SQLErrorCodes codes = new SQLErrorCodes();
		codes.setDataIntegrityViolationCodes("19");
		codes.setCannotAcquireLockCodes("5", "6");
		codes.setDataAccessResourceFailureCodes("8", "10", "11", "13", "14", "26");
		return new SQLErrorCodeSQLExceptionTranslator(codes);
	}

	/**
	 * A commit is on disk before anything is sent. Writers queue instead of failing. A
	 * unit of work takes the lock with its first statement, which writes. It does not
	 * take it with its begin ({@code transaction_mode=IMMEDIATE}): the driver begins the
	 * next transaction within each commit, and a commit that was carried out would fail
	 * for want of the next lock.
	 */
	private static void sqlite(HikariDataSource dataSource) {
		dataSource.addDataSourceProperty("journal_mode", "WAL");
		dataSource.addDataSourceProperty("synchronous", "FULL");
		dataSource.addDataSourceProperty("foreign_keys", "true");
		dataSource.addDataSourceProperty("temp_store", "MEMORY");
		dataSource.addDataSourceProperty("cache_size", String.valueOf(-SQLITE_CACHE_KIB));
		dataSource.addDataSourceProperty("wal_autocheckpoint", String.valueOf(SQLITE_CHECKPOINT_PAGES));
		dataSource.addDataSourceProperty("busy_timeout", String.valueOf(MILLIS_FOR_A_LOCK));
	}

	/**
	 * The limits hold on the server too, where this process may not be able to keep them.
	 * What answers nothing at all is given up by its socket.
	 */
	private static void postgresql(HikariDataSource dataSource) {
		dataSource.setConnectionInitSql(POSTGRESQL_LIMITS);
		dataSource.addDataSourceProperty("connectTimeout", "5");
		dataSource.addDataSourceProperty("socketTimeout", "30");
		dataSource.addDataSourceProperty("tcpKeepAlive", "true");
	}

}
