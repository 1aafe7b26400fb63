package io.github.x402sessions.facilitator.store.jdbc.discovery;

import java.util.List;
import java.util.stream.Collectors;

import io.github.x402sessions.facilitator.discovery.listing.ListingWords;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The index of PostgreSQL's text search. Words count by where they stand. Thread-safe.
 *
 * @param jdbc the database
 */
record PostgresWordIndex(JdbcClient jdbc) implements WordIndex {

	/** Of D to A: parameters, description, tags and path, name. */
	private static final String WEIGHTS = "{0.1, 0.35, 0.7, 1.0}";

	@Override
	public void put(long number, ListingWords words) {
		WordIndex.bound(this.jdbc.sql("""
				insert into listing_text (number, type, words) select number, type,
				setweight(to_tsvector('english', :name), 'A')
				|| setweight(to_tsvector('english', :tags), 'B') || setweight(to_tsvector('english', :path), 'B')
				|| setweight(to_tsvector('english', :description), 'C')
				|| setweight(to_tsvector('english', :parameters), 'D') from listing where number = :number
				on conflict (number) do update set words = excluded.words"""), number, words).update();
	}

	@Override
	public void remove(long number) {
		this.jdbc.sql("delete from listing_text where number = :number").param("number", number).update();
	}

	/** What is shown is not read for what is not found. */
	@Override
	public String query(String condition) {
		return """
				select l.number, m.score, l.last_paid, l.price from (select t.number, ts_rank('%s', t.words, q) as score
				from to_tsquery('english', :words) as q, listing_text t where t.words @@ q%s
				order by score desc, t.number limit :count) as m
				join listing l on l.number = m.number order by m.score desc, l.number""".formatted(WEIGHTS,
				condition.isEmpty() ? "" : " and " + condition);
	}

	@Override
	public String row() {
		return "t";
	}

	/** What is a word here has letters and digits alone. */
	@Override
	public String words(List<List<String>> choices) {
		return choices.stream()
			.map((words) -> words.stream().collect(Collectors.joining(" & ", "(", ")")))
			.collect(Collectors.joining(" | "));
	}

}
