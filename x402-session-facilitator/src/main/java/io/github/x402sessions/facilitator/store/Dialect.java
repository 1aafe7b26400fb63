package io.github.x402sessions.facilitator.store;

/**
 * The databases that keep the books. Their SQL is the same but for locks: SQLite has one
 * writer at a time and needs none.
 */
public enum Dialect {

	/** A file that one process has for itself. */
	SQLITE,

	/** A server that several nodes share. */
	POSTGRESQL;

	/**
	 * Return the dialect of a JDBC URL.
	 * @param url the URL, of either database
	 * @return the dialect
	 */
	public static Dialect of(String url) {
		return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : SQLITE;
	}

	/**
	 * Tell whether several processes may share the books.
	 * @return whether they may
	 */
	public boolean isShared() {
		return this == POSTGRESQL;
	}

	/**
	 * Return what ends a query whose rows nobody else may change before the transaction
	 * ends.
	 * @return the clause, or nothing
	 */
	public String locked() {
		return isShared() ? " for update" : "";
	}

	/**
	 * Return what ends a query for rows to take, passing by those that others are taking.
	 * @param table the name, in the query, of the table whose rows are taken
	 * @return the clause, or nothing
	 */
	public String taken(String table) {
		return isShared() ? " for update of " + table + " skip locked" : "";
	}

}
