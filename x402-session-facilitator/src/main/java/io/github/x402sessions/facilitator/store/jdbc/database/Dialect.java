package io.github.x402sessions.facilitator.store.jdbc.database;

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
	 * Return what ends a query for rows to take, passing by those that others are taking.
	 * @param table the name, in the query, of the table whose rows are taken
	 * @return the clause, or nothing
	 */
	public String taken(String table) {
		return isShared() ? " for update of " + table + " skip locked" : "";
	}

	/** Return the query for the database's own time, milliseconds since 1970. */
	String timeQuery() {
		return isShared() ? "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
				: "select cast(unixepoch('subsec') * 1000 as integer)";
	}

}
