package io.github.x402sessions.spring.schema;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The regular expressions that Java, JavaScript, Python and Go read alike, and that none
 * of them takes long for.
 */
final class PortablePattern {

	private static final int MAX_LENGTH = 100;

	/**
	 * Escapes, classes, quantifiers, groups and anchors, each of a kind that all have.
	 */
	private static final String ESCAPE = "\\\\[dwsDWS.\\\\/\\[\\](){}+*?^$|]";

	private static final String CLASS = "\\[\\^?(?:[A-Za-z0-9 _.,:;@#%/+*?=!<>'\"~()|$-]|\\\\[dws.\\\\/\\[\\]^-])+\\]";

	private static final String PLAIN = "[A-Za-z0-9 _.,:;@#%/=!<>'\"~-]";

	private static final String COUNT = "(?:[*+?]|\\{\\d{1,3}(?:,\\d{0,3})?\\})?";

	private static final Pattern PORTABLE = Pattern
		.compile("(?:(?:" + ESCAPE + "|" + CLASS + "|" + PLAIN + ")" + COUNT + "|\\((?:\\?:)?|\\)\\??|[|^$])+");

	private PortablePattern() {
	}

	static boolean matches(String pattern) {
		if (pattern.length() > MAX_LENGTH || !PORTABLE.matcher(pattern).matches()) {
			return false;
		}
		try {
			Pattern.compile(pattern);
			return true;
		}
		catch (PatternSyntaxException ex) {
			return false;
		}
	}

}
