package io.github.x402sessions.core.facilitator.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the facilitator's clock with ours, by the {@code Date} of its answers, and
 * tells the operator when they begin to differ: payments are signed for a time.
 * Thread-safe.
 */
final class ClockWatch {

	private static final Logger logger = LoggerFactory.getLogger(ClockWatch.class);

	/** Half of what a facilitator allows a signature. */
	private static final Duration TOLERATED = Duration.ofSeconds(30);

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
	 * @param date the header's value, or {@code null} if there is none
	 * @param asked when the answer was asked for; it was made between then and now
	 */
	void note(@Nullable String date, Instant asked) {
		Instant theirs = (date != null) ? read(date) : null;
		if (theirs == null) {
			return;
		}
		Duration ahead = Duration.between(now(), theirs);
		Duration behind = Duration.between(theirs.plusSeconds(1), asked);
		Duration difference = (ahead.compareTo(behind) > 0) ? ahead : behind;
		if (difference.compareTo(TOLERATED) <= 0) {
			this.told.set(false);
		}
		else if (this.told.compareAndSet(false, true)) {
			logger.warn(
					"The clock of this server is {} s {} that of facilitator '{}': payments that are signed for a "
							+ "time may be refused. Set the clock of this machine, by NTP",
					difference.toSeconds(), (ahead.compareTo(behind) > 0) ? "behind" : "ahead of", this.facilitator);
		}
	}

	private static @Nullable Instant read(String date) {
		try {
			return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
