package io.github.x402sessions.facilitator.store.jdbc.database;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.facilitator.store.Nodes;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time of the database, by which the nodes that share it judge leases and each other.
 * It is read with every beat of {@link Nodes}; in between only the time that has passed
 * is measured here, so that this machine's own clock is never asked. Thread-safe.
 */
public final class DatabaseClock extends Clock {

	private final JdbcClient jdbc;

	private final String query;

	private volatile Reading reading;

	/**
	 * Create the clock and read it.
	 * @param jdbc the database
	 * @param dialect its dialect
	 */
	public DatabaseClock(JdbcClient jdbc, Dialect dialect) {
		this.jdbc = jdbc;
		this.query = "select " + dialect.now();
		this.reading = read();
	}

	/** Read the database's time again. */
	public void synchronize() {
		this.reading = read();
	}

	/** What is read was right before it came here: this clock is never ahead. */
	private Reading read() {
		long millis = this.jdbc.sql(this.query).query(Long.class).single();
		return new Reading(millis, System.nanoTime());
	}

	@Override
	public long millis() {
		return this.reading.millis(System.nanoTime());
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochMilli(millis());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("the time of a database is in UTC");
	}

	/**
	 * A time of the database.
	 *
	 * @param millis milliseconds since 1970
	 * @param nanoTime when it was that, by {@link System#nanoTime()}
	 */
	private record Reading(long millis, long nanoTime) {

		long millis(long now) {
			return this.millis + TimeUnit.NANOSECONDS.toMillis(now - this.nanoTime);
		}

	}

}
