package io.github.x402sessions.core.csv;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Lines of a table as of RFC 4180, no cell of which a spreadsheet takes for a formula.
 */
public final class CsvLine {

	/** Ends each line. */
	public static final String END = "\r\n";

	/** What a spreadsheet would take for the beginning of a formula. */
	private static final String FORMULA = "=+-@\t\r\n";

	/**
	 * The same where a spreadsheet separates cells in another way, as many languages do.
	 */
	private static final Pattern LATER_FORMULA = Pattern.compile("(?<=[;\t])(?=[=+@-])");

	private CsvLine() {
	}

	/**
	 * Write a line.
	 * @param cells what stands in its cells; {@code null} for an empty one
	 * @return the line without its end
	 */
	public static String of(Stream<@Nullable Object> cells) {
		return cells.map((cell) -> (cell != null) ? cell(cell.toString()) : "").collect(Collectors.joining(","));
	}

	static String cell(String text) {
		String later = LATER_FORMULA.matcher(text).replaceAll("'");
		String safe = (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) ? "'" + later : later;
		return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
	}

}
