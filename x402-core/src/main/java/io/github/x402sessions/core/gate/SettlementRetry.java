package io.github.x402sessions.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Asks again how a settlement or a release ended, where asking twice does it once: with
 * growing pauses and not beyond a deadline; a few times where nothing was heard, as long
 * as there is time where the facilitator is at it.
 */
final class SettlementRetry {

	private final List<Duration> pauses;

	private final boolean patient;

	private SettlementRetry(boolean patient, Duration... pauses) {
		this.patient = patient;
		this.pauses = List.of(pauses);
	}

	/** Ask again once after each pause where nothing was heard. */
	SettlementRetry(Duration... pauses) {
		this(false, pauses);
	}

	/** Ask again as long as there is time, whatever was heard; the last pause goes on. */
	static SettlementRetry patient(Duration... pauses) {
		return new SettlementRetry(true, pauses);
	}

	/**
	 * Repeat while another try may do better.
	 * @param <T> the type of an attempt
	 * @param first the first attempt
	 * @param deadline when the last attempt has to end
	 * @param next asks again, knowing the attempt before
	 * @return the last attempt
	 */
	<T extends Repeatable> T whileUnknown(T first, Deadline deadline, UnaryOperator<T> next) {
		T attempt = first;
		for (int i = 0; attempt.isWorthRepeating(); i++) {
			Duration pause = this.pauses.get(Math.min(i, this.pauses.size() - 1));
			boolean again = this.patient || attempt.pending() || i < this.pauses.size();
			if (!again || !deadline.allows(pause) || !wait(pause)) {
				return attempt;
			}
			attempt = next.apply(attempt);
		}
		return attempt;
	}

	private static boolean wait(Duration pause) {
		try {
			Thread.sleep(pause.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** An attempt that may not have done what it was for. */
	interface Repeatable {

		/** Whether it is not known how it ended, or another may end better. */
		boolean isWorthRepeating();

		/** Whether the facilitator says that it is at it. */
		boolean pending();

	}

	/**
	 * An attempt to settle and how it ended.
	 *
	 * @param outcome the outcome
	 * @param why what the operator has to know of one that was not made, or that is not
	 * known; empty of others
	 * @param unsent whether the facilitator says that it was there and sent nothing
	 */
	record Attempt(SettlementOutcome outcome, String why, boolean unsent) implements Repeatable {

		Attempt(SettlementOutcome outcome, String why) {
			this(outcome, why, false);
		}

		static Attempt of(SettlementOutcome outcome) {
			return new Attempt(outcome, "");
		}

		@Override
		public boolean isWorthRepeating() {
			return this.unsent || this.outcome instanceof SettlementOutcome.Unknown;
		}

		@Override
		public boolean pending() {
			return this.outcome instanceof SettlementOutcome.Unknown unknown && unknown.pending();
		}

	}

}
