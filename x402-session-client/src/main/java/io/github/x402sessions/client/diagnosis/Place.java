package io.github.x402sessions.client.diagnosis;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.core.bazaar.PublicHost;
import org.jspecify.annotations.Nullable;

/**
 * Tells where URLs point, by their text and without asking a resolver.
 */
final class Place {

	private static final int LAST_PORT = 65535;

	private Place() {
	}

	/** Whether it is on this machine. */
	static boolean isHere(URI url) {
		String host = Objects.requireNonNullElse(url.getHost(), "").toLowerCase(Locale.ROOT);
		return host.equals("localhost") || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+") || host.equals("[::1]");
	}

	/** Whether it can be asked at all. */
	static boolean isWeb(URI url) {
		String scheme = lower(url.getScheme());
		return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null && url.getPort() <= LAST_PORT;
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

	/** Its origin, as browsers write it. */
	static String origin(URI url) {
		Origin origin = Origin.of(url);
		boolean usual = origin.port() == (origin.scheme().equals("https") ? 443 : 80);
		return origin.scheme() + "://" + origin.host() + (usual ? "" : ":" + origin.port());
	}

	/** A path of a facilitator. */
	static URI at(URI facilitator, String path) {
		return URI.create(facilitator.toString().replaceAll("/+$", "") + path);
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
