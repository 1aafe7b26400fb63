package io.github.x402sessions.client.payment;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentRequired;

/**
 * The challenges that were paid with success, by method, origin and path: what to pay at
 * once the next time. Keeps those that were used last. Thread-safe.
 */
final class LearnedPrices {

	private static final int MAX_SIZE = 1024;

	private final Map<String, PaymentRequired> challenges = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, PaymentRequired> eldest) {
			return size() > MAX_SIZE;
		}
	};

	synchronized Optional<PaymentRequired> find(String method, URI url) {
		return Optional.ofNullable(this.challenges.get(key(method, url)));
	}

	synchronized void learn(String method, URI url, PaymentRequired challenge) {
		this.challenges.put(key(method, url), challenge);
	}

	synchronized void forget(String method, URI url) {
		this.challenges.remove(key(method, url));
	}

	private static String key(String method, URI url) {
		return method.toUpperCase(Locale.ROOT) + " " + Origin.of(url) + " " + url.getRawPath();
	}

}
