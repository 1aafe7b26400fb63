package io.github.x402sessions.servlet.webxml;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads {@link RouteLine}s out of a properties file: the keys are names of one's own, the
 * values are lines, such as {@code chat = POST /api/chat 0.10 AI chat}.
 */
final class RoutesProperties {

	private RoutesProperties() {
	}

	/**
	 * Read the properties.
	 * @param place where the file is, for messages
	 * @param text the file's content
	 * @return the routes in the order of the file
	 * @throws InvalidParameterException if a value is not a route or a key is there
	 * twice; the message has the key
	 */
	static List<RouteLine> read(String place, String text) {
		List<RouteLine> routes = new ArrayList<>();
		try {
			new Collector(place, routes).load(new StringReader(text));
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new InvalidParameterException(place, "it is not a properties file: " + ex.getMessage(),
					"Write lines such as: chat = POST /api/chat 0.10 AI chat");
		}
		return routes;
	}

	/** Sees every entry; a plain {@link Properties} would keep only the last of a key. */
	private static final class Collector extends Properties {

		private final transient String place;

		private final transient List<RouteLine> routes;

		private Collector(String place, List<RouteLine> routes) {
			this.place = place;
			this.routes = routes;
		}

		@Override
		public synchronized Object put(Object key, Object value) {
			String place = this.place + ", key '" + key + "'";
			if (containsKey(key)) {
				throw new InvalidParameterException(place, "the key is there twice",
						"Give every route a key of its own");
			}
			this.routes.add(RouteLine.parse(place, value.toString()));
			return super.put(key, value);
		}

	}

}
