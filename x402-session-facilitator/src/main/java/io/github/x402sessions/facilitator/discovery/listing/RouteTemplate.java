package io.github.x402sessions.facilitator.discovery.listing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.x402sessions.core.bazaar.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the specification for {@code routeTemplate}, which decides under which URL
 * something is listed: a client could write another one. One that breaks them is left
 * out, and so is one that the path which was paid for does not match.
 */
final class RouteTemplate {

	private static final int LONGEST = 512;

	private static final Pattern SHAPE = Pattern.compile("/[a-zA-Z0-9_/:.\\-~%]+");

	private static final int MOST_ENCODINGS = 4;

	private RouteTemplate() {
	}

	/**
	 * Take a template over.
	 * @param template the template, or {@code null} if there is none
	 * @param path the path that was paid for
	 * @return the template, or empty if it is to be left out
	 */
	static Optional<String> of(@Nullable String template, String path) {
		return Optional.ofNullable(template)
			.filter((text) -> text.length() <= LONGEST && SHAPE.matcher(text).matches() && isHarmless(text))
			.filter((text) -> matches(text, path));
	}

	/** It is decoded until there is nothing to decode, as a careless reader may. */
	private static boolean isHarmless(String template) {
		String decoded = template;
		for (int i = 0; i < MOST_ENCODINGS; i++) {
			if (decoded.contains("..") || decoded.contains("://") || PlainText.isTwisted(decoded)) {
				return false;
			}
			String once = decode(decoded);
			if (once.equals(decoded)) {
				return true;
			}
			decoded = once;
		}
		return false;
	}

	/** What cannot be decoded becomes something that is refused. */
	private static String decode(String text) {
		try {
			return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return "..";
		}
	}

	private static boolean matches(String template, String path) {
		String[] wanted = template.split("/", -1);
		String[] paid = path.split("/", -1);
		if (wanted.length != paid.length || !template.contains("/:")) {
			return false;
		}
		for (int i = 0; i < wanted.length; i++) {
			boolean parameter = wanted[i].startsWith(":") && wanted[i].length() > 1 && !paid[i].isEmpty();
			if (!parameter && !ListedUrl.encodedOnce(wanted[i]).equals(paid[i])) {
				return false;
			}
		}
		return true;
	}

}
