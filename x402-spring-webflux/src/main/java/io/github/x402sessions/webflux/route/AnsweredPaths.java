package io.github.x402sessions.webflux.route;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The paths that a request may be answered by, whatever its spelling: as its segments are
 * decoded one by one, as a whole decoded once and again, without path parameters, without
 * slashes that are doubled, with dots resolved. Handlers go by the first of these, static
 * resources by others. What stands for a price in any of them is charged for. A path that
 * everybody reads the same way, which is how clients spell them, is one alone.
 */
final class AnsweredPaths {

	private static final String PARAMETERS = ";[^/]*";

	private static final int MAX_DECODINGS = 3;

	private static final Pattern ODD = Pattern.compile("[;%\\\\\\p{Cntrl}]|//|/\\.+(/|$)");

	private AnsweredPaths() {
	}

	/** Return the paths of a request, decoded and starting with a slash. */
	static Set<String> of(PathContainer spelled) {
		Set<String> paths = new LinkedHashSet<>();
		String path = spelled.value();
		String decoded = decoded(path);
		if (isPlain(path, decoded)) {
			addServed(paths, decoded);
			return paths;
		}
		add(paths, path);
		for (int i = 0; i < MAX_DECODINGS && !decoded.equals(path); i++) {
			path = decoded;
			add(paths, path);
			decoded = decoded(path);
		}
		return paths;
	}

	private static boolean isPlain(String path, String decoded) {
		return path.startsWith("/") && !ODD.matcher(decoded).find()
				&& StringUtils.countOccurrencesOf(path, "/") == StringUtils.countOccurrencesOf(decoded, "/");
	}

	private static void addServed(Set<String> paths, String path) {
		paths.add(path);
		if (path.endsWith("/")) {
			paths.add(path + "index.html");
		}
	}

	private static void add(Set<String> paths, String path) {
		String plain = path.replaceAll(PARAMETERS, "");
		paths.add(plain);
		String slashed = ("/" + plain).replace('\\', '/').replaceAll("/{2,}", "/");
		addServed(paths, slashed);
		addServed(paths, StringUtils.cleanPath(slashed));
	}

	/** What cannot be decoded is what it is. */
	private static String decoded(String path) {
		try {
			return UriUtils.decode(path, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return path;
		}
	}

}
