package io.github.x402sessions.facilitator.settlement;

import java.util.Objects;
import java.util.Optional;

import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionStore;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

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
		boolean waiting = false;
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
			SettlementResult settled = (use == KeyUse.SAME && known.paid()) ? settled(session, known, key) : null;
			if (settled != null) {
				return settled;
			}
			if (use == KeyUse.TOLD && !waiting) {
				return new SettlementResult.Duplicate();
			}
			// Who was told while this call waited may turn out to have gone.
			waiting = use == KeyUse.SAME;
			if (patience.isOver() || !this.polling.pause()) {
				return waiting ? pending(known, key) : new SettlementResult.Duplicate();
			}
		}
	}

	/** Return {@code null} if another was told meanwhile. Telling comes last. */
	private @Nullable SettlementResult settled(Session session, KnownPayment known, PaymentKey key) {
		String transaction = Objects.requireNonNull(known.transaction());
		Session after = this.sessions.get(session.key());
		int calls = this.books.carriedBy(transaction);
		boolean first = !known.told() && this.tellings.tellRepeated(known.settlement());
		return (first || key.tracked()) ? new SettlementResult.Settled(transaction, after, !first, calls) : null;
	}

	private SettlementResult pending(KnownPayment known, PaymentKey key) {
		left(known.settlement(), key);
		return new SettlementResult.Pending(Objects.requireNonNullElse(known.transaction(), ""));
	}

	/**
	 * Tell the caller that made a payment of its outcome, unless one that repeats it was
	 * told first.
	 * @return what it is told
	 */
	SettlementResult first(Settlement settlement, PaymentKey key, SettlementResult result) {
		if (result instanceof SettlementResult.Pending) {
			left(settlement.id(), key);
		}
		boolean told = result instanceof SettlementResult.Settled && !key.tracked();
		return (told && !tell(settlement, key)) ? new SettlementResult.Duplicate() : result;
	}

	/** Where the database fails, it may have written down what nobody is told. */
	private boolean tell(Settlement settlement, PaymentKey key) {
		try {
			return this.tellings.tell(settlement.id());
		}
		catch (DataAccessException ex) {
			this.tellings.takeBack(settlement.id(), key);
			throw ex;
		}
	}

	/** A call gets no outcome, so that it may be asked for once more. */
	void left(String settlement, PaymentKey key) {
		if (key.id() == null) {
			this.tellings.leave(settlement);
		}
	}

	/**
	 * Take back that a caller was told of a payment, because the answer did not reach it.
	 * @param session the session that paid
	 * @param key what makes the request the same payment
	 * @param transaction the hash of the payment's transaction
	 */
	public void undelivered(Session session, PaymentKey key, String transaction) {
		if (!key.tracked()) {
			this.tellings.takeBack(session.key(), key, transaction);
		}
	}

}
