package io.github.x402sessions.facilitator.store.jdbc.discovery;

import java.util.List;

import io.github.x402sessions.facilitator.discovery.listing.ListingWords;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The words of listings as a database indexes them. Implementations are thread-safe.
 */
interface WordIndex {

	/**
	 * Return the index of a database.
	 * @param dialect the database's dialect
	 * @param jdbc the database
	 */
	static WordIndex of(Dialect dialect, JdbcClient jdbc) {
		return switch (dialect) {
			case SQLITE -> new SqliteWordIndex(jdbc);
			case POSTGRESQL -> new PostgresWordIndex(jdbc);
		};
	}

	/** Index a listing, by these words alone. */
	void put(long number, ListingWords words);

	/** Bind a listing's words, each to the parameter of its name. */
	static JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement, long number, ListingWords words) {
		return statement.param("number", number)
			.param("name", words.name())
			.param("tags", words.tags())
			.param("path", words.path())
			.param("description", words.description())
			.param("parameters", words.parameters());
	}

	/** Index a listing no longer. */
	void remove(long number);

	/**
	 * Return the query for the numbers and scores of matches, the best first, with the
	 * parameters {@code :words} and {@code :count}.
	 * @param condition a condition on {@link #row()}; empty for none
	 */
	String query(String condition);

	/** Return the name, in that query, of the row with a listing's number and type. */
	String row();

	/**
	 * Return what {@code :words} is for listings that have some of some words.
	 * @param choices the words of each choice, all of which a listing has to have
	 */
	String words(List<List<String>> choices);

}
