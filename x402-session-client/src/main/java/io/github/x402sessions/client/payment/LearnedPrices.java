package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.ResourceInfo;

/**
 * The challenges that were paid with success, by method, origin, path and tool: what to
 * pay at once the next time. Keeps those that were used last. Thread-safe.
 */
final class LearnedPrices {

	private static final int MAX_SIZE = 1024;

	private final Map<String, Learned> challenges = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Learned> eldest) {
			return size() > MAX_SIZE;
		}
	};

	synchronized Optional<PaymentRequired> find(String method, URI url) {
		return Optional.ofNullable(this.challenges.get(key(method, url))).map((learned) -> learned.at(url));
	}

	synchronized void learn(String method, URI url, PaymentRequired challenge) {
		this.challenges.put(key(method, url), new Learned(challenge, target(url)));
	}

	synchronized void forget(String method, URI url) {
		this.challenges.remove(key(method, url));
	}

	private static String key(String method, URI url) {
		return method.toUpperCase(Locale.ROOT) + " " + Origin.of(url) + " " + url.getRawPath()
				+ ((url.getRawFragment() != null) ? "#" + url.getRawFragment() : "");
	}

	private static String target(URI url) {
		return url.getRawPath() + ((url.getRawQuery() != null) ? "?" + url.getRawQuery() : "");
	}

	/**
	 * A challenge that was paid.
	 *
	 * @param challenge the challenge
	 * @param target path and query of the request
	 */
	private record Learned(PaymentRequired challenge, String target) {

		/** The challenge as the server would have it for another query. */
		PaymentRequired at(URI url) {
			ResourceInfo sold = this.challenge.resource();
			String now = LearnedPrices.target(url);
			if (now.equals(this.target) || !sold.url().endsWith(this.target)) {
				return this.challenge;
			}
			String base = sold.url().substring(0, sold.url().length() - this.target.length());
			return this.challenge.withResource(sold.withUrl(base + now));
		}

	}

}
