package io.github.x402sessions.spring.journal;

import java.time.Duration;

import io.github.x402sessions.spring.InvalidX402ConfigurationException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the journal of payments.
 *
 * @param enabled whether payments are written into the table x402_journal of the
 * application's database, which needs a DataSource and Flyway.
 * @param queueSize how many entries may wait for the database. What comes beyond that is
 * written to the log.
 * @param stopTimeout how long a stop waits for the database to take what waits.
 */
@ConfigurationProperties("x402.journal")
public record JournalProperties(@DefaultValue("false") boolean enabled, @DefaultValue("10000") int queueSize,
		@DefaultValue("10s") Duration stopTimeout) {

	/**
	 * Check the properties.
	 * @throws InvalidX402ConfigurationException if one is out of range
	 */
	public JournalProperties {
		if (queueSize < 1 || queueSize > 10_000_000) {
			throw new InvalidX402ConfigurationException("x402.journal.queue-size", "is out of range",
					"Set it to at least 1 and at most 10000000.");
		}
		if (stopTimeout.isNegative() || stopTimeout.compareTo(Duration.ofMinutes(10)) > 0) {
			throw new InvalidX402ConfigurationException("x402.journal.stop-timeout", "is out of range",
					"Set it to at least 0s and at most 10m.");
		}
	}

}
