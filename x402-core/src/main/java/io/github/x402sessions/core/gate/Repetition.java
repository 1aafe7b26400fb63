package io.github.x402sessions.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks again how a settlement ended, where asking twice settles once: a few times, with
 * growing pauses, and not for longer than the terms allow.
 */
final class Repetition {

	private final List<Duration> pauses;

	Repetition(Duration... pauses) {
		this.pauses = List.of(pauses);
	}

	/**
	 * Repeat while the outcome is unknown.
	 * @param first the outcome of the first attempt
	 * @param limit how long attempts may begin, from now on
	 * @param attempt asks again
	 * @return the last outcome
	 */
	SettlementOutcome whileUnknown(SettlementOutcome first, Duration limit, Supplier<SettlementOutcome> attempt) {
		long end = System.nanoTime() + limit.toNanos();
		SettlementOutcome outcome = first;
		for (Duration pause : this.pauses) {
			if (!(outcome instanceof SettlementOutcome.Unknown) || System.nanoTime() + pause.toNanos() > end
					|| !wait(pause)) {
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
