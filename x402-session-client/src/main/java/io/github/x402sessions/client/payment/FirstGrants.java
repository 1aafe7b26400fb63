package io.github.x402sessions.client.payment;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.once.PaymentIdentifier;

/**
 * Remembers which session a named call was paid from first, of the latest ones.
 * Thread-safe.
 */
final class FirstGrants {

	private static final int REMEMBERED = 10_000;

	private final Map<String, SessionGrant> grants = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, SessionGrant> eldest) {
			return size() > REMEMBERED;
		}

	};

	/** Return the session of an earlier try, or else remember this one. */
	synchronized SessionGrant of(PaymentIdentifier identifier, SessionGrant now) {
		SessionGrant earlier = this.grants.putIfAbsent(identifier.id(), now);
		return (earlier != null) ? earlier : now;
	}

	synchronized void forget(PaymentIdentifier identifier) {
		this.grants.remove(identifier.id());
	}

}
