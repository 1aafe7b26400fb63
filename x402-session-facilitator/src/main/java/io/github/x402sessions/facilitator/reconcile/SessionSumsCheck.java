package io.github.x402sessions.facilitator.reconcile;

import java.util.List;
import java.util.function.BiConsumer;

import io.github.x402sessions.facilitator.reconcile.RecordedSessions.Sums;

/**
 * Compares what sessions have spent and reserved with their settlements, some sessions at
 * a time, each as of one moment. Thread-safe.
 *
 * @param sessions the sessions in the books
 */
record SessionSumsCheck(RecordedSessions sessions) {

	private static final int AT_ONCE = 500;

	/**
	 * Compare.
	 * @param since when the first session was last changed, milliseconds since 1970
	 * @param findings hears of each session whose sums are wrong, with the store's name
	 * for it
	 */
	void run(long since, BiConsumer<String, Finding> findings) {
		List<Sums> sums = this.sessions.sumsAfter("", since, AT_ONCE);
		while (!sums.isEmpty()) {
			sums.stream().filter(Sums::areWrong).forEach((session) -> findings.accept(session.id(), session.finding()));
			sums = this.sessions.sumsAfter(sums.get(sums.size() - 1).id(), since, AT_ONCE);
		}
	}

}
