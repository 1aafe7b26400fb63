package io.github.x402sessions.samples.agent.session;

import java.net.URI;

/**
 * Tells whether a URL points to this machine, by its text and without asking a resolver.
 */
public final class Loopback {

	private Loopback() {
	}

	public static boolean is(URI url) {
		String host = (url.getHost() != null) ? url.getHost() : "";
		return host.equals("localhost") || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+") || host.equals("[::1]");
	}

}
