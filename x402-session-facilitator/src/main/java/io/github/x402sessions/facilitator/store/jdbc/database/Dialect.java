package io.github.x402sessions.facilitator.store.jdbc.database;

import java.util.Arrays;

import io.github.x402sessions.facilitator.config.InvalidPropertyException;

/**
 * The databases that keep the books. Their SQL is the same but for locks: SQLite has one
 * writer at a time and needs none.
 */
public enum Dialect {

	/** A file that one process has for itself. */
	SQLITE("jdbc:sqlite:"),

	/** A server that several nodes share. */
	POSTGRESQL("jdbc:postgresql:");

	private final String prefix;

	Dialect(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * Return the dialect of a JDBC URL.
	 * @param url the URL, of either database
	 * @return the dialect
	 * @throws InvalidPropertyException if it is of another one
	 */
	public static Dialect of(String url) {
		return Arrays.stream(values())
			.filter((dialect) -> url.startsWith(dialect.prefix))
			.findFirst()
			.orElseThrow(() -> new InvalidPropertyException("database-url",
					"names a database that is neither SQLite nor PostgreSQL",
					"Set it to jdbc:sqlite:FILE or to jdbc:postgresql://host/database."));
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

	/**
	 * Return the expression for the database's own time, at the moment that it is
	 * reached.
	 * @return milliseconds since 1970
	 */
	public String now() {
		return isShared() ? "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
				: "cast(unixepoch('subsec') * 1000 as integer)";
	}

}
