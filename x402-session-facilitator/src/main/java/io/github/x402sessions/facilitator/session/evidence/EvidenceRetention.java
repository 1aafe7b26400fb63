package io.github.x402sessions.facilitator.session.evidence;

import java.time.Duration;

import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Forgets evidence when its time is over, a little in each round, in a thread of its own.
 * Thread-safe.
 */
final class EvidenceRetention implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EvidenceRetention.class);

	private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

	private static final Duration WHILE_THERE_IS_MORE = Duration.ofMillis(100);

	private final EvidenceRepository evidence;

	private final Duration retention;

	private final PeriodicTask rounds = new PeriodicTask("x402-evidence", BETWEEN_CLEANINGS, this::round);

	/**
	 * Create the rounds.
	 * @param evidence what is kept
	 * @param retention for how long
	 */
	EvidenceRetention(EvidenceRepository evidence, Duration retention) {
		this.evidence = evidence;
		this.retention = retention;
	}

	/** Begin. */
	void start() {
		this.rounds.start(WHILE_THERE_IS_MORE);
	}

	/** Return the pause until the next round. */
	private Duration round() {
		try {
			return (this.evidence.forget(this.retention) == EvidenceRepository.FORGOTTEN_AT_ONCE) ? WHILE_THERE_IS_MORE
					: BETWEEN_CLEANINGS;
		}
		catch (DataAccessException ex) {
			logger.warn("Evidence that is old cannot be forgotten now: {}", ex.getMessage());
			return BETWEEN_CLEANINGS;
		}
	}

	@Override
	public void close() {
		this.rounds.close();
	}

}
