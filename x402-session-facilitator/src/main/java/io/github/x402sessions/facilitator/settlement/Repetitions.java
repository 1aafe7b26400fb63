package io.github.x402sessions.facilitator.settlement;

import java.util.Objects;
import java.util.Optional;

import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionStore;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that repeat a payment with what became of it, so that a repeated call
 * never charges twice. Thread-safe.
 */
public final class Repetitions {

	private final Books books;

	private final SessionStore sessions;

	private final Polling polling;

	/**
	 * Create the repetitions.
	 * @param books where settlements are written
	 * @param sessions where sessions are kept
	 * @param polling the pause between two looks at a payment that is open
	 */
	public Repetitions(Books books, SessionStore sessions, Polling polling) {
		this.books = books;
		this.sessions = sessions;
		this.polling = polling;
	}

	KeyUse use(Session session, PaymentKey key) {
		return this.books.find(session.key(), key.id())
			.map((known) -> known.terms().equals(key.terms()) ? KeyUse.SAME : KeyUse.OTHER)
			.orElse(KeyUse.FREE);
	}

	/**
	 * Wait for the payment with this key.
	 * @return what became of it, or {@code null} if there is none, or it ended without
	 * moving money: then it may be tried again
	 */
	@Nullable SettlementResult await(Session session, PaymentKey key, Patience patience) {
		while (true) {
			Optional<KnownPayment> found = this.books.find(session.key(), key.id());
			if (found.isEmpty()) {
				return null;
			}
			KnownPayment known = found.get();
			if (!known.terms().equals(key.terms())) {
				return new SettlementResult.Conflict();
			}
			String transaction = Objects.requireNonNullElse(known.transaction(), "");
			if (known.paid()) {
				return new SettlementResult.Settled(transaction, this.sessions.get(session.key()), true,
						this.books.carriedBy(transaction));
			}
			if (patience.isOver() || !this.polling.pause()) {
				return new SettlementResult.Pending(transaction);
			}
		}
	}

}
