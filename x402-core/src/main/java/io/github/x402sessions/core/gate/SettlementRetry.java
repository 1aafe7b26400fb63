package io.github.x402sessions.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks again how a settlement ended, where asking twice settles once: with growing pauses
 * and not beyond a deadline; a few times where nothing was heard, as long as there is
 * time where the facilitator is at it.
 */
final class SettlementRetry {

	private final List<Duration> pauses;

	SettlementRetry(Duration... pauses) {
		this.pauses = List.of(pauses);
	}

	/**
	 * Repeat while the outcome is unknown.
	 * @param first the outcome of the first attempt
	 * @param deadline when the last attempt has to end
	 * @param attempt asks again
	 * @return the last outcome
	 */
	SettlementOutcome whileUnknown(SettlementOutcome first, Deadline deadline, Supplier<SettlementOutcome> attempt) {
		SettlementOutcome outcome = first;
		for (int i = 0; outcome instanceof SettlementOutcome.Unknown unknown; i++) {
			Duration pause = this.pauses.get(Math.min(i, this.pauses.size() - 1));
			boolean again = unknown.pending() || i < this.pauses.size();
			if (!again || !deadline.allows(pause) || !wait(pause)) {
				return outcome;
			}
			outcome = attempt.get();
		}
		return outcome;
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

}
