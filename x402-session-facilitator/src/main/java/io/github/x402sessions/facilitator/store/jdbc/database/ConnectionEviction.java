package io.github.x402sessions.facilitator.store.jdbc.database;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Keeps connections out of the pool of which it is not certain what they are in the
 * middle of. After a begin, commit or rollback that failed, SQLite's driver is in no
 * transaction and believes it is in one: each statement would then commit alone. Only
 * after errors that leave the transaction as it was, to be rolled back, is a connection
 * used again.
 */
final class ConnectionEviction implements SQLExceptionOverride {

	/** The code of SQLite for a constraint that a statement would break. */
	private static final int SQLITE_CONSTRAINT = 19;

	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		return leavesTheTransaction(failure) ? Override.DO_NOT_EVICT : Override.MUST_EVICT;
	}

	/**
	 * By the classes of the SQL standard: data, integrity and rollbacks such as
	 * deadlocks; and PostgreSQL's own for locks not available and statements cancelled.
	 */
	private static boolean leavesTheTransaction(SQLException failure) {
		String state = failure.getSQLState();
		if (state == null) {
			return failure.getErrorCode() == SQLITE_CONSTRAINT;
		}
		return state.startsWith("22") || state.startsWith("23") || state.startsWith("40") || state.equals("55P03")
				|| state.equals("57014");
	}

}
