package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * The place that a request goes to, as far as trust is concerned.
 *
 * @param scheme {@code http} or {@code https}; {@code mcp} for a server that is talked to
 * over a connection of its own, such as the pipes of a process
 * @param host the host in lower case; of {@code mcp} the name of the connection
 * @param port the port, also when it is the scheme's default; -1 of {@code mcp}
 */
public record Origin(String scheme, String host, int port) {

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final String CONNECTION = "mcp";

	/** The origin that servers without a URL name their tools at. */
	private static final Origin TOOLS = new Origin(CONNECTION, "tool", -1);

	private static final int HTTP_PORT = 80;

	private static final int HTTPS_PORT = 443;

	/**
	 * Take the origin of a URL.
	 * @param url an absolute http or https URL, or {@code mcp://} and the name of a
	 * connection; its path does not matter
	 * @return the origin
	 * @throws IllegalArgumentException if the URL has no such origin
	 */
	public static Origin of(URI url) {
		String scheme = (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
		if (scheme.equals(CONNECTION) && url.getRawAuthority() != null && !url.getRawAuthority().contains("@")) {
			return new Origin(scheme, url.getRawAuthority().toLowerCase(Locale.ROOT), -1);
		}
		if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
			throw new IllegalArgumentException("'" + url + "' is not an absolute http or https URL");
		}
		int defaultPort = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
		return new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT),
				(url.getPort() != -1) ? url.getPort() : defaultPort);
	}

	/**
	 * Tell whether a server here that names another origin means this one: the names of
	 * the loopback interface are one, a server behind a proxy that ends TLS often does
	 * not know that it was called by {@code https}, and one that has a connection and no
	 * URL names its tools {@code mcp://tool/…}.
	 * @param named what the server says was called
	 * @return whether it is this origin, or is so by one of these three
	 */
	public boolean isNamed(Origin named) {
		return equals(named) || isLoopback(named) || isBehindProxy(named)
				|| (this.scheme.equals(CONNECTION) && named.isOfTools());
	}

	/**
	 * Tell whether it is the one that servers without a URL name their tools at.
	 * @return whether it is {@code mcp://tool}, which is no server's own
	 */
	public boolean isOfTools() {
		return equals(TOOLS);
	}

	private boolean isLoopback(Origin named) {
		return LOOPBACK.contains(this.host) && LOOPBACK.contains(named.host) && this.scheme.equals(named.scheme)
				&& this.port == named.port;
	}

	private boolean isBehindProxy(Origin named) {
		return this.scheme.equals("https") && this.port == HTTPS_PORT && named.scheme.equals("http")
				&& named.port == HTTP_PORT && this.host.equals(named.host);
	}

}
