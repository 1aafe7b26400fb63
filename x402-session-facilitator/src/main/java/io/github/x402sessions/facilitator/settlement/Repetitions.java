package io.github.x402sessions.facilitator.settlement;

import java.util.Objects;
import java.util.Optional;

import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionStore;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls that repeat a payment with what became of it, so that a repeated call
 * never charges twice. A server that keeps track of identifiers is told as often as it
 * asks; to all others a success is told once, because they take each for the price of
 * another answer. Thread-safe.
 */
public final class Repetitions {

	private final Books books;

	private final Tellings tellings;

	private final SessionStore sessions;

	private final Polling polling;

	/**
	 * Create the repetitions.
	 * @param books where settlements are written
	 * @param tellings who was told of them
	 * @param sessions where sessions are kept
	 * @param polling the pause between two looks at a payment that is open
	 */
	public Repetitions(Books books, Tellings tellings, SessionStore sessions, Polling polling) {
		this.books = books;
		this.tellings = tellings;
		this.sessions = sessions;
		this.polling = polling;
	}

	KeyUse use(Session session, PaymentKey key) {
		return this.tellings.find(session.key(), key).map((known) -> use(known, key)).orElse(KeyUse.FREE);
	}

	private static KeyUse use(KnownPayment known, PaymentKey key) {
		if (!known.terms().equals(key.terms())) {
			return KeyUse.OTHER;
		}
		return (known.told() && !key.tracked()) ? KeyUse.TOLD : KeyUse.SAME;
	}

	/**
	 * Wait for the payment that a call repeats, and tell its outcome where that is
	 * allowed.
	 * @return what became of it, or {@code null} if there is none, or it ended without
	 * moving money: then it may be tried again
	 */
	@Nullable SettlementResult await(Session session, PaymentKey key, Patience patience) {
		boolean told = false;
		while (true) {
			Optional<KnownPayment> found = this.tellings.find(session.key(), key);
			if (found.isEmpty()) {
				return null;
			}
			KnownPayment known = found.get();
			KeyUse use = use(known, key);
			if (use == KeyUse.OTHER) {
				return new SettlementResult.Conflict();
			}
			SettlementResult settled = (use == KeyUse.SAME && known.paid()) ? settled(session, known, key, patience)
					: null;
			if (settled != null) {
				return settled;
			}
			if (use == KeyUse.TOLD && told) {
				return new SettlementResult.Duplicate();
			}
			// Who was told a moment ago may turn out to have gone: there is a second
			// look.
			told = use == KeyUse.TOLD;
			if (patience.isOver() || !this.polling.pause()) {
				return pending(session, known, key);
			}
		}
	}

	/** Return {@code null} if another was told meanwhile. Telling comes last. */
	private @Nullable SettlementResult settled(Session session, KnownPayment known, PaymentKey key, Patience patience) {
		String transaction = Objects.requireNonNull(known.transaction());
		Session after = this.sessions.get(session.key());
		int calls = this.books.carriedBy(transaction);
		Telling telling = known.told() ? null : this.tellings.tellRepeated(session.key(), known, key, patience);
		if (telling == null && !key.tracked()) {
			return null;
		}
		return new SettlementResult.Settled(transaction, after, telling == null, calls, key.tracked() ? null : telling);
	}

	private SettlementResult pending(Session session, KnownPayment known, PaymentKey key) {
		left(session.key(), known.settlement(), key);
		return new SettlementResult.Pending(Objects.requireNonNullElse(known.transaction(), ""));
	}

	/**
	 * Tell the caller that made a payment of its outcome, unless one that repeats it was
	 * told first.
	 * @param patience how long it waits
	 * @return what it is told
	 */
	SettlementResult first(Settlement settlement, PaymentKey key, SettlementResult result, Patience patience) {
		if (result instanceof SettlementResult.Pending) {
			left(settlement, key);
		}
		if (key.tracked() || !(result instanceof SettlementResult.Settled settled)) {
			return result;
		}
		Telling telling = this.tellings.tell(settlement, key, patience);
		return (telling != null) ? settled.told(telling) : new SettlementResult.Duplicate();
	}

	/** A call gets no outcome, so that it may be asked for once more. */
	void left(Settlement settlement, PaymentKey key) {
		left(settlement.sessionKey(), settlement.id(), key);
	}

	private void left(String sessionKey, String settlement, PaymentKey key) {
		if (key.id() == null) {
			this.tellings.leave(sessionKey, settlement);
		}
	}

	/**
	 * Take back that a caller was told of a payment, because the answer did not reach it.
	 * @param telling what it was told
	 */
	public void undelivered(Telling telling) {
		this.tellings.takeBack(telling);
	}

}
