package io.github.x402sessions.facilitator.store.jdbc.discovery;

import java.util.List;
import java.util.stream.Collectors;

import io.github.x402sessions.facilitator.discovery.listing.ListingWords;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The index of SQLite's FTS5, which ranks by BM25: words count by how rare they are and
 * where they stand. Thread-safe.
 *
 * @param jdbc the database
 */
record SqliteWordIndex(JdbcClient jdbc) implements WordIndex {

	/** Of name, tags, path, description and parameters. */
	private static final String WEIGHTS = "8.0, 6.0, 4.0, 3.0, 1.0";

	@Override
	public void put(long number, ListingWords words) {
		remove(number);
		WordIndex.bound(this.jdbc.sql("""
				insert into listing_text (rowid, name, tags, path, description, parameters)
				values (:number, :name, :tags, :path, :description, :parameters)"""), number, words).update();
	}

	@Override
	public void remove(long number) {
		this.jdbc.sql("delete from listing_text where rowid = :number").param("number", number).update();
	}

	@Override
	public String query(String condition) {
		String found = "select listing_text.rowid as number, -bm25(listing_text, %s) as score from listing_text %s "
			.formatted(WEIGHTS, condition.isEmpty() ? "" : "join listing l on l.number = listing_text.rowid");
		return "select l.number, m.score, l.last_paid, l.price from (" + found + "where listing_text match :words"
				+ (condition.isEmpty() ? "" : " and " + condition)
				+ " order by bm25(listing_text, %s) limit :count) as m join listing l on l.number = m.number order by m.score desc, l.number"
					.formatted(WEIGHTS);
	}

	@Override
	public String row() {
		return "l";
	}

	/** In quotes a word is never an operator. */
	@Override
	public String words(List<List<String>> choices) {
		return choices.stream()
			.map((words) -> words.stream()
				.map((word) -> '"' + word + '"')
				.collect(Collectors.joining(" AND ", "(", ")")))
			.collect(Collectors.joining(" OR "));
	}

}
