package io.github.x402sessions.core.offer;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name of the method {@code did:web}: the host, or a path of it, that publishes the
 * keys of whoever it names.
 *
 * @param host the host's name, in lower case
 * @param port the port, or -1 where it is the usual one
 * @param path the segments of the path; empty for all of the host
 */
public record DidWeb(String host, int port, List<String> path) {

	private static final Pattern FORM = Pattern
		.compile("did:web:([A-Za-z0-9][A-Za-z0-9.-]{0,252})(?:%3[Aa]([0-9]{1,5}))?"
				+ "((?::[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,100}){0,8})");

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

	private static final int MAX_PORT = 65535;

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if the port is none
	 */
	public DidWeb {
		Objects.requireNonNull(host, "host");
		if (port == 0 || port > MAX_PORT) {
			throw new IllegalArgumentException("a did:web has no such port");
		}
		path = List.copyOf(path);
	}

	/**
	 * Read a name.
	 * @param text the name, such as {@code did:web:api.example.com}
	 * @return the name
	 * @throws IllegalArgumentException if it is none
	 */
	public static DidWeb parse(String text) {
		Matcher parts = FORM.matcher(text);
		if (!parts.matches()) {
			throw new IllegalArgumentException(
					"not a name such as did:web:shop.example, with its port and path where it has them");
		}
		List<String> path = parts.group(3).isEmpty() ? List.of() : List.of(parts.group(3).substring(1).split(":"));
		return new DidWeb(parts.group(1).toLowerCase(Locale.ROOT),
				(parts.group(2) != null) ? Integer.parseInt(parts.group(2)) : -1, path);
	}

	/**
	 * Name a server by its URL.
	 * @param server an absolute http or https URL
	 * @return its name
	 * @throws IllegalArgumentException if its host cannot be named so
	 */
	public static DidWeb of(URI server) {
		String port = (server.getPort() != -1) ? "%3A" + server.getPort() : "";
		String path = (server.getRawPath() != null) ? server.getRawPath().replaceAll("/+$", "").replace('/', ':') : "";
		return parse("did:web:" + server.getHost() + port + path);
	}

	/**
	 * Return the path that its document is found under.
	 * @return a path that begins with a slash
	 */
	public String documentPath() {
		return this.path.isEmpty() ? "/.well-known/did.json" : "/" + String.join("/", this.path) + "/did.json";
	}

	/** Where its document is; never without TLS but for a server of this machine. */
	URI document(URI service) {
		boolean plain = "http".equalsIgnoreCase(service.getScheme()) && LOOPBACK.contains(this.host);
		return URI.create((plain ? "http://" : "https://") + this.host + ((this.port != -1) ? ":" + this.port : "")
				+ documentPath());
	}

	/**
	 * Whether whoever publishes its document speaks for what is at a URL: the host is the
	 * same, and the path is below its own.
	 */
	boolean speaksFor(URI service) {
		String below = this.path.isEmpty() ? "/" : "/" + String.join("/", this.path) + "/";
		String called = (service.getRawPath() == null || service.getRawPath().isEmpty()) ? "/" : service.getRawPath();
		return this.host.equalsIgnoreCase(service.getHost())
				&& port(service).equals(Optional.of(this.port).filter((own) -> own != -1))
				&& service.getRawUserInfo() == null && called.startsWith(below)
				&& !called.replaceAll("%2[eE]", ".").contains("/..");
	}

	private static Optional<Integer> port(URI service) {
		int usual = "http".equalsIgnoreCase(service.getScheme()) ? 80 : 443;
		return Optional.of(service.getPort()).filter((port) -> port != -1 && port != usual);
	}

	/** Return it as it is written. */
	@Override
	public String toString() {
		return "did:web:" + this.host + ((this.port != -1) ? "%3A" + this.port : "")
				+ (this.path.isEmpty() ? "" : ":" + String.join(":", this.path));
	}

}
