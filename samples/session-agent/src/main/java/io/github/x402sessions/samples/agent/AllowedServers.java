package io.github.x402sessions.samples.agent;

import java.net.URI;
import java.util.List;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.samples.agent.failure.WrongOptionException;
import io.github.x402sessions.samples.agent.session.Loopback;

/**
 * Servers that a user allows to be asked and paid: what goes there is seen by nobody on
 * the way.
 */
final class AllowedServers {

	private AllowedServers() {
	}

	/**
	 * Check them.
	 * @param option its name
	 * @param urls of which scheme, host and port count
	 */
	static List<URI> of(String option, List<URI> urls) {
		urls.forEach((url) -> check(option, url));
		return urls;
	}

	private static void check(String option, URI url) {
		Origin origin;
		try {
			origin = Origin.of(url);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongOptionException(option, String.valueOf(ex.getMessage()));
		}
		boolean local = origin.scheme().equals("http") && Loopback.is(url);
		if (!origin.scheme().equals("https") && !local) {
			throw new WrongOptionException(option, url + " has to be https: http is for servers on this machine");
		}
	}

}
