package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.Locale;

/**
 * The place that a request goes to, as far as trust is concerned.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host in lower case
 * @param port the port, also when it is the scheme's default
 */
public record Origin(String scheme, String host, int port) {

	/**
	 * Take the origin of a URL.
	 * @param url an absolute http or https URL; its path does not matter
	 * @return the origin
	 * @throws IllegalArgumentException if the URL has no such origin
	 */
	public static Origin of(URI url) {
		String scheme = (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
		if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
			throw new IllegalArgumentException("'" + url + "' is not an absolute http or https URL");
		}
		int defaultPort = scheme.equals("https") ? 443 : 80;
		return new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT),
				(url.getPort() != -1) ? url.getPort() : defaultPort);
	}

}
