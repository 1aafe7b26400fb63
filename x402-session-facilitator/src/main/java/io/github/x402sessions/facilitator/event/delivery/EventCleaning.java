package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;
import java.util.Collection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans the outbox from what nobody waits for, and from what waits for long for a
 * receiver that is not served here, be it taken out of the configuration. Thread-safe.
 *
 * @param outbox the events
 * @param served the receivers that are served here, whose dispatchers give up what is old
 * @param retention how long events wait
 */
record EventCleaning(EventOutbox outbox, Collection<String> served, Duration retention) {

	private static final Logger logger = LoggerFactory.getLogger(EventCleaning.class);

	/** How long events are kept that were told. */
	private static final Duration TOLD = Duration.ofDays(1);

	/** How long events are kept that were given up. */
	private static final Duration GIVEN_UP = Duration.ofDays(30);

	/** Clean, and return whether there may be more. */
	boolean round() {
		this.outbox.backlogs()
			.stream()
			.filter((backlog) -> !this.served.contains(backlog.receiver()))
			.filter((backlog) -> backlog.age().compareTo(this.retention) > 0)
			.forEach((backlog) -> giveUp(backlog.receiver()));
		return this.outbox.forget(TOLD, GIVEN_UP);
	}

	private void giveUp(String receiver) {
		int count = this.outbox.giveUp(receiver, this.retention);
		logger.error("{} event(s) for {}, which is served by no webhook here, have waited for {} and are given up",
				count, receiver, this.retention);
	}

}
