package io.github.x402sessions.client.discovery;

import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A page of a catalogue, of which nothing has been checked but that it is one.
 *
 * @param entries the entries, of any shape
 * @param cursor what the next page of a search is asked for with; {@code null} if that is
 * not said
 * @param total how many entries a list has on all its pages; {@code null} if that is not
 * said
 * @param partial whether the catalogue says that more match
 */
record CataloguePage(List<?> entries, @Nullable String cursor, @Nullable Integer total, boolean partial) {

	private static final int LONGEST_CURSOR = 1024;

	/** Read an answer to either of the two questions that there are. */
	static CataloguePage read(byte[] json) {
		Map<?, ?> members = WireJson.readCollection(json, Map.class);
		Object entries = members.containsKey("resources") ? members.get("resources") : members.get("items");
		if (!(entries instanceof List<?> list)) {
			throw new MalformedMessageException("'resources' or 'items' is missing");
		}
		Map<?, ?> place = (members.get("pagination") instanceof Map<?, ?> map) ? map : Map.of();
		boolean usable = place.get("cursor") instanceof String text && !text.isEmpty()
				&& text.length() <= LONGEST_CURSOR;
		return new CataloguePage(list, usable ? (String) place.get("cursor") : null,
				(place.get("total") instanceof Integer total) ? total : null,
				Boolean.TRUE.equals(members.get("partialResults")));
	}

}
