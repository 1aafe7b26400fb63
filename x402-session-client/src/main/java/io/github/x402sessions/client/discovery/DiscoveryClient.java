package io.github.x402sessions.client.discovery;

import java.net.URI;
import java.time.Duration;

import io.github.x402sessions.client.payment.Origin;
import io.github.x402sessions.core.bazaar.PublicHost;

/**
 * Asks the catalogue of a facilitator (x402's Bazaar) what is for sale. A catalogue is a
 * stranger that repeats what strangers say, so whatever it answers is checked again: what
 * does not fit the question, cannot be called or is made to deceive who reads it is left
 * out. What is left is a hint, and no offer. Nothing is paid here. Thread-safe.
 */
public final class DiscoveryClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final CatalogueExchange exchange;

	private final boolean local;

	private DiscoveryClient(URI catalogue, Duration timeout) {
		Origin origin = Origin.of(catalogue);
		if (!origin.scheme().startsWith("http") || catalogue.getRawUserInfo() != null || catalogue.getRawQuery() != null
				|| catalogue.getRawFragment() != null) {
			throw new IllegalArgumentException("'" + origin.scheme() + "://" + origin.host()
					+ "' has to be an http or https URL without user, query and fragment");
		}
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("timeout must be more than 0");
		}
		this.exchange = new CatalogueExchange(catalogue, timeout);
		this.local = PublicHost.normalized(origin.host()).isEmpty();
	}

	/**
	 * Ask a catalogue, each page of which may take 20 seconds.
	 * @param catalogue the URL that {@code /discovery/search} goes behind, such as that
	 * of a facilitator
	 * @return a client
	 * @throws IllegalArgumentException if it is not an http or https URL, or has a user,
	 * a query or a fragment
	 */
	public static DiscoveryClient of(URI catalogue) {
		return of(catalogue, TIMEOUT);
	}

	/**
	 * Ask a catalogue.
	 * @param catalogue the URL that {@code /discovery/search} goes behind, such as that
	 * of a facilitator
	 * @param timeout how long a page may take, to its last byte; more than 0
	 * @return a client
	 * @throws IllegalArgumentException if it is not an http or https URL, or has a user,
	 * a query or a fragment
	 */
	public static DiscoveryClient of(URI catalogue, Duration timeout) {
		return new DiscoveryClient(catalogue, timeout);
	}

	/**
	 * Look for something. The catalogue is asked when the results are read.
	 * @param query what is looked for, and which ways to pay for it will do
	 * @return the results, the best first
	 */
	public DiscoveryResults search(DiscoveryQuery query) {
		return new DiscoveryResults(query, this.exchange, new ListingCheck(query, this.local));
	}

}
