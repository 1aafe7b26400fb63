package io.github.x402sessions.spring.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.github.x402sessions.core.csv.CsvLine;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Exports the journal of payments, in the order in which was heard of what has become of
 * them. The columns are those of a facilitator's books, then those that only the
 * application knows. Reads a page at a time, however much there is. Thread-safe.
 */
public final class JournalExport {

	private static final int PAGE = 1_000;

	private final JournalTable table;

	JournalExport(JournalTable table) {
		this.table = table;
	}

	/**
	 * Write a table with a line of names, which a spreadsheet runs nothing of.
	 * @param from the first moment
	 * @param to the moment after the last one
	 * @param out where it goes, which is not closed
	 * @throws IOException if that fails
	 * @throws DataAccessException if the database does
	 */
	public void csv(Instant from, Instant to, OutputStream out) throws IOException {
		out.write((JournalEntry.COLUMNS + CsvLine.END).getBytes(StandardCharsets.UTF_8));
		each(from, to,
				(entry) -> out.write((CsvLine.of(entry.cells()) + CsvLine.END).getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Write each entry as a line of JSON.
	 * @param from the first moment
	 * @param to the moment after the last one
	 * @param out where it goes, which is not closed
	 * @throws IOException if that fails
	 * @throws DataAccessException if the database does
	 */
	public void jsonLines(Instant from, Instant to, OutputStream out) throws IOException {
		each(from, to, (entry) -> {
			out.write(WireJson.write(entry));
			out.write('\n');
		});
	}

	/**
	 * Read a page of entries.
	 * @param from the first moment
	 * @param to the moment after the last one
	 * @param after the last entry of the page before; {@code null} for the first page
	 * @return up to 1000 entries; none where there is nothing more
	 * @throws DataAccessException if the database fails
	 */
	public List<JournalEntry> page(Instant from, Instant to, @Nullable JournalEntry after) {
		return this.table.read(from, to, after, PAGE);
	}

	private void each(Instant from, Instant to, Sink sink) throws IOException {
		JournalEntry last = null;
		List<JournalEntry> page = page(from, to, last);
		while (!page.isEmpty()) {
			for (JournalEntry entry : page) {
				sink.write(entry);
				last = entry;
			}
			page = page(from, to, last);
		}
	}

	/** Takes entries. */
	@FunctionalInterface
	private interface Sink {

		void write(JournalEntry entry) throws IOException;

	}

}
