package io.github.x402sessions.client.diagnosis;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

import io.github.x402sessions.core.bazaar.PublicHost;
import org.jspecify.annotations.Nullable;

/**
 * Tells where URLs point, by their text and without asking a resolver.
 */
final class Place {

	private Place() {
	}

	/** Whether it is on this machine. */
	static boolean isHere(URI url) {
		String host = Objects.requireNonNullElse(url.getHost(), "").toLowerCase(Locale.ROOT);
		return host.equals("localhost") || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+") || host.equals("[::1]");
	}

	/** Whether everybody may be sent there: nobody's own network is. */
	static boolean isPublic(URI url) {
		return "https".equalsIgnoreCase(url.getScheme()) && url.getUserInfo() == null && url.getHost() != null
				&& PublicHost.normalized(url.getHost()).isPresent();
	}

	/** Without what may be a secret in it. */
	static String shown(URI url) {
		String query = (url.getRawQuery() != null) ? "?…" : "";
		String port = (url.getPort() >= 0) ? ":" + url.getPort() : "";
		return CheckList.plain(url.getScheme() + "://" + url.getHost() + port + url.getRawPath()) + query;
	}

	/** Whether a server names the place that was called. */
	static boolean isSame(String named, URI called) {
		try {
			URI url = URI.create(named);
			return Objects.equals(lower(url.getScheme()), lower(called.getScheme()))
					&& Objects.equals(lower(url.getHost()), lower(called.getHost())) && port(url) == port(called);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static int port(URI url) {
		if (url.getPort() >= 0) {
			return url.getPort();
		}
		return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
	}

	private static String lower(@Nullable String text) {
		return Objects.requireNonNullElse(text, "").toLowerCase(Locale.ROOT);
	}

}
