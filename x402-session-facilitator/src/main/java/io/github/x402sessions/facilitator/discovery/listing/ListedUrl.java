package io.github.x402sessions.facilitator.discovery.listing;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.core.bazaar.PublicHost;

/**
 * The URL of a resource as a catalogue knows it: without query and fragment, and written
 * in one way only, however its callers write it.
 *
 * @param origin the scheme, the host and the port if it is not the scheme's own
 * @param path the path, at least a slash
 */
record ListedUrl(String origin, String path) {

	private static final int LONGEST = 2048;

	private static final int LONGEST_HOST = 253;

	private static final int MAX_PORT = 65_535;

	private static final Set<String> SCHEMES = Set.of("http", "https");

	private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]+");

	private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");

	private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");

	/**
	 * Read a URL.
	 * @param text the URL as a payment carries it
	 * @param local whether hosts are taken that only this machine or network knows
	 * @return what it means
	 * @throws UnlistableException if no one can call it, or it is not what it seems
	 */
	static ListedUrl of(String text, boolean local) {
		require(text.length() <= LONGEST, "resource.url is too long");
		require(PRINTABLE.matcher(text).matches(), "resource.url is not printable ASCII without blanks");
		URI url = parse(text);
		String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
		require(SCHEMES.contains(scheme) && !url.isOpaque() && url.getHost() != null,
				"resource.url is not the URL of an http or https server");
		require(url.getPort() != 0 && url.getPort() <= MAX_PORT, "resource.url has a port that is none");
		require(url.getRawUserInfo() == null, "resource.url has a user's name");
		String host = local ? url.getHost().toLowerCase(Locale.ROOT) : PublicHost.normalized(url.getHost())
			.orElseThrow(() -> new UnlistableException("resource.url names no public host"));
		require(host.length() <= LONGEST_HOST, "resource.url is too long");
		boolean usual = url.getPort() < 0 || url.getPort() == ("http".equals(scheme) ? 80 : 443);
		return new ListedUrl(scheme + "://" + host + (usual ? "" : ":" + url.getPort()), path(url.getRawPath()));
	}

	private static URI parse(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			throw new UnlistableException("resource.url is not a URL");
		}
	}

	/** Dots that go up are no path of anybody's, in whichever way they are written. */
	private static String path(String raw) {
		String path = raw.isEmpty() ? "/" : encodedOnce(raw);
		for (String segment : path.split("/", -1)) {
			require(!segment.equals(".") && !segment.equals(".."), "resource.url has a path with dots");
		}
		for (String odd : new String[] { "%00", "%0A", "%0D", "%2F", "%5C" }) {
			require(!path.contains(odd), "resource.url has an encoded character that paths do not have");
		}
		return path;
	}

	/** What need not be encoded is not, and the rest is in upper case. */
	static String encodedOnce(String path) {
		return ENCODED.matcher(path).replaceAll((match) -> {
			String one = String.valueOf((char) Integer.parseInt(match.group(1), 16));
			return Matcher
				.quoteReplacement(UNRESERVED.matcher(one).matches() ? one : match.group().toUpperCase(Locale.ROOT));
		});
	}

	private static void require(boolean condition, String reason) {
		if (!condition) {
			throw new UnlistableException(reason);
		}
	}

	@Override
	public String toString() {
		return this.origin + this.path;
	}

}
