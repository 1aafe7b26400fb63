package io.github.x402sessions.site;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The output of a command, as a page shows it. An ellipsis stands for anything, a line of
 * its own for any lines.
 */
final class PrintedText {

	private final List<String> lines;

	private PrintedText(List<String> lines) {
		this.lines = lines;
	}

	static PrintedText of(String text) {
		return new PrintedText(text.lines().filter((line) -> !line.equals("…") && !line.isBlank()).toList());
	}

	/**
	 * Look for the lines, in their order, with others between them.
	 * @param printed what was printed
	 * @throws IllegalStateException if one is missing
	 */
	void check(String printed) {
		List<String> rest = printed.lines().toList();
		for (String line : this.lines) {
			Pattern pattern = pattern(line);
			int found = 0;
			while (found < rest.size() && !pattern.matcher(rest.get(found)).matches()) {
				found++;
			}
			if (found == rest.size()) {
				throw new IllegalStateException("The page says '%s', printed was:%n%s".formatted(line, printed));
			}
			rest = rest.subList(found + 1, rest.size());
		}
	}

	private static Pattern pattern(String line) {
		return Pattern
			.compile(Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*", "", "\\s*")));
	}

}
