package io.github.x402sessions.client;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.x402sessions.client.facilitator.OpenedSession;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that a session has replaced, and what they have spent. What was under way
 * in one when it was replaced still counts, so each is asked about once more, when the
 * sum is needed; one that is not known any more counts with its whole cap. The last one
 * is left to finish that until there is another, and closed then. Thread-safe.
 */
final class ReplacedSessions {

	private final Function<String, SessionState> states;

	private final Consumer<String> closing;

	private final List<OpenedSession> replaced = new ArrayList<>();

	private BigInteger spent = BigInteger.ZERO;

	private @Nullable OpenedSession last;

	/**
	 * Create it.
	 * @param states tells the state of a session by its id
	 * @param closing has the facilitator close a session by its id
	 */
	ReplacedSessions(Function<String, SessionState> states, Consumer<String> closing) {
		this.states = states;
		this.closing = closing;
	}

	synchronized void add(OpenedSession session) {
		this.replaced.add(session);
		this.last = session;
	}

	/** Have the last one closed, so that nobody keeps a part of the allowance for it. */
	synchronized void close() {
		OpenedSession unused = this.last;
		if (unused != null) {
			this.closing.accept(unused.id());
			this.last = null;
		}
	}

	/**
	 * Return what they have spent in all.
	 * @throws io.github.x402sessions.core.facilitator.FacilitatorException if the
	 * facilitator does not say
	 */
	synchronized BigInteger spent() {
		while (!this.replaced.isEmpty()) {
			this.spent = this.spent.add(spentBy(this.replaced.get(0)));
			this.replaced.remove(0);
		}
		return this.spent;
	}

	private BigInteger spentBy(OpenedSession session) {
		try {
			SessionState state = this.states.apply(session.id());
			return state.cap().subtract(state.remaining());
		}
		catch (SessionNotFoundException ex) {
			return session.cap();
		}
	}

}
