package io.github.x402sessions.core.bazaar;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The plain text in what a stranger wrote: on one line, without mark-up, and without
 * characters that nobody sees or that turn others around.
 */
public final class PlainText {

	/** Begins what a browser takes for a tag, whether it ends or not. */
	private static final Pattern TAG = Pattern.compile("<(?=[A-Za-z/!?])[^<>]*>?");

	/** Control, format, private and unassigned characters, and halves of pairs. */
	private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]");

	private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

	private PlainText() {
	}

	/**
	 * Take the plain text over.
	 * @param value what was written, of any type
	 * @param most how many characters are kept
	 * @return the text, or {@code null} if nothing is left or it was none
	 */
	public static @Nullable String of(@Nullable Object value, int most) {
		if (!(value instanceof String text)) {
			return null;
		}
		// what is cut off before costs no time, and tags may be long
		String some = text.substring(0, Math.min(text.length(), 8 * most));
		String seen = UNSEEN.matcher(some).replaceAll(" ");
		String plain = BLANKS.matcher(TAG.matcher(seen).replaceAll(" ")).replaceAll(" ").trim();
		int end = plain.offsetByCodePoints(0, Math.min(plain.codePointCount(0, plain.length()), most));
		return plain.isEmpty() ? null : plain.substring(0, end);
	}

	/**
	 * Tell whether a text has characters that have no place in data either: all control
	 * characters but those of a text's layout, those that turn a text around, those that
	 * write a text nobody sees, and halves of pairs, at which some readers of JSON give
	 * up.
	 */
	public static boolean isTwisted(String text) {
		return text.codePoints()
			.anyMatch((one) -> (one < 0x20 && one != '\t' && one != '\n' && one != '\r') || (one >= 0x7F && one <= 0x9F)
					|| (one >= 0x202A && one <= 0x202E) || (one >= 0x2066 && one <= 0x2069)
					|| (one >= 0xE0000 && one <= 0xE007F)
					|| (one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE));
	}

}
