package io.github.x402sessions.facilitator.discovery;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.core.protocol.MalformedMessageException;

/**
 * The place at which a page of a search begins.
 *
 * @param offset how many matches come before it
 */
public record SearchCursor(int offset) {

	/** The first page. */
	public static final SearchCursor BEGIN = new SearchCursor(0);

	private static final Pattern TEXT = Pattern.compile("after:([0-9]{1,4})");

	/**
	 * Read a cursor.
	 * @param text the text of one
	 * @return the cursor
	 * @throws MalformedMessageException if it is none
	 */
	public static SearchCursor of(String text) {
		try {
			Matcher match = TEXT.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1));
			if (match.matches()) {
				return new SearchCursor(Integer.parseInt(match.group(1)));
			}
		}
		catch (IllegalArgumentException ex) {
			// falls through to the same message
		}
		throw new MalformedMessageException("'cursor' is none that was given here");
	}

	/**
	 * Return the cursor as callers have it.
	 * @return its text
	 */
	public String text() {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(("after:" + this.offset).getBytes(StandardCharsets.ISO_8859_1));
	}

}
