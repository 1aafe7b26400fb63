package io.github.x402sessions.facilitator.schedule;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Cleaning of books from what is old, a little in each round, in a thread of its own.
 * Thread-safe.
 */
public final class Cleaning implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Cleaning.class);

	private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

	private static final Duration WHILE_THERE_IS_MORE = Duration.ofMillis(100);

	private final String name;

	private final BooleanSupplier round;

	private final PeriodicTask rounds;

	/**
	 * Create it.
	 * @param name the name of its thread
	 * @param round forgets some of what is old, and tells whether there may be more
	 */
	public Cleaning(String name, BooleanSupplier round) {
		this.name = name;
		this.round = round;
		this.rounds = new PeriodicTask(name, BETWEEN_CLEANINGS, this::clean);
	}

	/** Begin. */
	public void start() {
		this.rounds.start(WHILE_THERE_IS_MORE);
	}

	/** Return the pause until the next round. */
	Duration clean() {
		try {
			return this.round.getAsBoolean() ? WHILE_THERE_IS_MORE : BETWEEN_CLEANINGS;
		}
		catch (DataAccessException ex) {
			logger.warn("What is old cannot be forgotten now by {}: {}", this.name, ex.getMessage());
			return BETWEEN_CLEANINGS;
		}
	}

	@Override
	public void close() {
		this.rounds.close();
	}

}
