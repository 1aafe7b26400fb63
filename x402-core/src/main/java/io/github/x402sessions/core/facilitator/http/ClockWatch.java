package io.github.x402sessions.core.facilitator.http;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.http.ClockDifference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the facilitator's clock with ours, by the {@code Date} of its answers, and
 * tells the operator when they begin to differ: payments are signed for a time.
 * Thread-safe.
 */
final class ClockWatch {

	private static final Logger logger = LoggerFactory.getLogger(ClockWatch.class);

	private final String facilitator;

	private final Clock clock;

	private final AtomicBoolean told = new AtomicBoolean();

	ClockWatch(String facilitator, Clock clock) {
		this.facilitator = facilitator;
		this.clock = clock;
	}

	/** Return what the clock of this server says. */
	Instant now() {
		return this.clock.instant();
	}

	/**
	 * Note what an answer says.
	 * @param dates the values of its {@code Date}
	 * @param ages the values of its {@code Age}
	 * @param asked when the answer was asked for; it was made between then and now
	 */
	void note(List<String> dates, List<String> ages, Instant asked) {
		ClockDifference difference = ClockDifference.of(dates, ages, asked, now()).orElse(null);
		if (difference == null) {
			return;
		}
		if (difference.isTolerable()) {
			this.told.set(false);
		}
		else if (this.told.compareAndSet(false, true)) {
			logger.warn(
					"The clock of this server is {} that of facilitator '{}': payments that are signed for a "
							+ "time may be refused. Set the clock of this machine, by NTP",
					difference.describe(), this.facilitator);
		}
	}

}
