package io.github.x402sessions.client.payment.session;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;

/**
 * Remembers which session a named call was paid from first, of the latest ones. Once it
 * is in doubt whether that was settled, no other session ever pays for the call: to a
 * facilitator the same identifier under another session is another payment. Thread-safe.
 */
final class SessionAffinity {

	private static final int REMEMBERED = 10_000;

	private final Map<String, First> grants = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, First> eldest) {
			return size() > REMEMBERED;
		}

	};

	/** Return the session of an earlier try, or else remember this one. */
	synchronized SessionGrant of(PaymentIdentifier identifier, SessionGrant now) {
		return this.grants.computeIfAbsent(identifier.id(), (unused) -> new First(now, false)).grant();
	}

	/** It is not known whether it was settled. */
	synchronized void doubt(PaymentIdentifier identifier) {
		this.grants.computeIfPresent(identifier.id(), (unused, first) -> new First(first.grant(), true));
	}

	/** It was not settled. */
	synchronized void forget(PaymentIdentifier identifier) {
		this.grants.computeIfPresent(identifier.id(), (unused, first) -> first.doubted() ? first : null);
	}

	/**
	 * The session that paid first.
	 *
	 * @param grant the session
	 * @param doubted whether it may have been charged
	 */
	private record First(SessionGrant grant, boolean doubted) {
	}

}
