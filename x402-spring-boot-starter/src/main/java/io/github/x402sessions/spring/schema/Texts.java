package io.github.x402sessions.spring.schema;

/**
 * Texts of an application as catalogues may have them: on one line, short, and the same
 * after anybody has read and written them.
 */
public final class Texts {

	private Texts() {
	}

	/**
	 * Put a text on one line and cut it.
	 * @param text the text
	 * @param max the longest that is left, characters
	 * @return the text without what does not print, at most that long
	 */
	public static String clean(String text, int max) {
		StringBuilder clean = new StringBuilder();
		text.codePoints().limit(4L * max).forEach((character) -> {
			if (!isUnfit(character)) {
				clean.appendCodePoint(character);
			}
			else if (character == '\n' || character == '\r' || character == '\t') {
				clean.append(' ');
			}
		});
		String line = clean.toString().strip().replaceAll("\\s+", " ");
		if (line.length() <= max) {
			return line;
		}
		int end = Character.isHighSurrogate(line.charAt(max - 2)) ? max - 2 : max - 1;
		return line.substring(0, end).stripTrailing() + "…";
	}

	/**
	 * Tell whether a text names a property or a bean of the application: its meaning is
	 * known when the application runs, and is nobody else's.
	 * @param text the text of an annotation
	 * @return whether it has a placeholder or an expression
	 */
	public static boolean isConfigured(String text) {
		return text.contains("${") || text.contains("#{");
	}

	private static boolean isUnfit(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> false;
		};
	}

}
