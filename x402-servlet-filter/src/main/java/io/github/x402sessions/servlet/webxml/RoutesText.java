package io.github.x402sessions.servlet.webxml;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@link RouteLine}s out of a text, one route a line. Blank lines and those that
 * start with {@code #} say nothing.
 */
final class RoutesText {

	private RoutesText() {
	}

	/**
	 * Read the lines.
	 * @param place where the text is, for messages
	 * @param text the text
	 * @return the routes in the text's order
	 * @throws InvalidParameterException if a line is not a route; the message has its
	 * number, counted from 1
	 */
	static List<RouteLine> read(String place, String text) {
		List<RouteLine> routes = new ArrayList<>();
		String[] lines = text.split("\\R", -1);
		for (int i = 0; i < lines.length; i++) {
			String line = lines[i].strip();
			if (!line.isEmpty() && !line.startsWith("#")) {
				routes.add(RouteLine.parse(place + ", line " + (i + 1), line));
			}
		}
		return routes;
	}

}
