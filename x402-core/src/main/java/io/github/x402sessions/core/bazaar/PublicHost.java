package io.github.x402sessions.core.bazaar;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a host that everybody finds: no address in numbers, however it is written,
 * and none that means the reader's own machine or network.
 */
public final class PublicHost {

	private static final Set<String> LOOPBACK = Set.of("localhost", "localhost.localdomain", "ip6-localhost",
			"ip6-loopback");

	private static final List<String> LOCAL = List.of(".localhost", ".localdomain", ".local", ".internal", ".home.arpa",
			".lan", ".home", ".corp", ".intranet", ".private");

	/** A last label that is one makes an address of the whole. */
	private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

	private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

	private PublicHost() {
	}

	/**
	 * Normalize the name of a host.
	 * @param host the name as it is written, which may be percent-encoded or in any
	 * script
	 * @return the name in ASCII and lower case, or empty if it is not public
	 */
	public static Optional<String> normalized(String host) {
		String name;
		try {
			name = IDN.toASCII(URLDecoder.decode(host.replace("+", "%2B"), StandardCharsets.UTF_8))
				.toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
		String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		return (NAME.matcher(bare).matches() && isPublic(bare)) ? Optional.of(bare) : Optional.empty();
	}

	private static boolean isPublic(String name) {
		String last = name.substring(name.lastIndexOf('.') + 1);
		return !NUMBER.matcher(last).matches() && !LOOPBACK.contains(name) && name.contains(".")
				&& LOCAL.stream().noneMatch(name::endsWith);
	}

}
