package io.github.x402sessions.facilitator.config;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Access to the facilitator: who may ask for what, and how often.
 *
 * @param mode whether resource servers need a key; closed by default, except on a local
 * test network
 * @param keys the keys of resource servers
 * @param corsOrigins the web origins whose pages may register sessions and look at them
 * @param maxRequestSize the longest body that is read
 * @param bodyTimeout how long a whole body may take to arrive
 * @param registrationsPerMinute how often one address may register or ask for a quote; 0
 * for any number of times; 30 by default, except on a local test network
 * @param requestsPerMinute how often one address may ask for anything else without a key;
 * 0 for any number of times; 600 by default, except on a local test network
 * @param merchants whether there are merchants in the database, whose keys and limits
 * hold then; a closed facilitator needs no keys here for them
 */
public record AccessProperties(@Nullable Mode mode, @DefaultValue List<KeyProperties> keys,
		@DefaultValue("*") List<String> corsOrigins, @DefaultValue("64KB") DataSize maxRequestSize,
		@DefaultValue("10s") Duration bodyTimeout, @Nullable Integer registrationsPerMinute,
		@Nullable Integer requestsPerMinute, boolean merchants) {

	private static final int REGISTRATIONS = 30;

	private static final int REQUESTS = 600;

	private static final DataSize SMALLEST = DataSize.ofKilobytes(8);

	private static final DataSize LARGEST = DataSize.ofMegabytes(1);

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public AccessProperties {
		keys = List.copyOf(keys);
		corsOrigins = List.copyOf(corsOrigins);
		corsOrigins.forEach(PropertyCheck::origin);
		PropertyCheck.atLeastZero("access.registrations-per-minute",
				(registrationsPerMinute != null) ? registrationsPerMinute : 0);
		PropertyCheck.atLeastZero("access.requests-per-minute", (requestsPerMinute != null) ? requestsPerMinute : 0);
		PropertyCheck.duration("access.body-timeout", bodyTimeout, Duration.ofMillis(100));
		if (maxRequestSize.compareTo(SMALLEST) < 0 || maxRequestSize.compareTo(LARGEST) > 0) {
			throw new InvalidPropertyException("access.max-request-size", "is out of range",
					"Set it to at least 8KB and at most 1MB.");
		}
	}

	/** Fill in what depends on whether there is anything to lose. */
	AccessProperties on(boolean localTestNetwork) {
		Mode effective = (this.mode != null) ? this.mode : localTestNetwork ? Mode.OPEN : Mode.CLOSED;
		if (effective == Mode.CLOSED && this.keys.isEmpty() && !this.merchants) {
			throw new InvalidPropertyException("access.keys", "is empty, and the facilitator is closed",
					"List the keys of the resource servers that may settle, or set facilitator.access.merchants to true"
							+ " where merchants have theirs, or facilitator.access.mode to open.");
		}
		return new AccessProperties(effective, this.keys, this.corsOrigins, this.maxRequestSize, this.bodyTimeout,
				limit(this.registrationsPerMinute, localTestNetwork ? 0 : REGISTRATIONS),
				limit(this.requestsPerMinute, localTestNetwork ? 0 : REQUESTS), this.merchants);
	}

	public boolean isClosed() {
		return this.mode == Mode.CLOSED;
	}

	public int registrationLimit() {
		return limit(this.registrationsPerMinute, REGISTRATIONS);
	}

	public int requestLimit() {
		return limit(this.requestsPerMinute, REQUESTS);
	}

	private static int limit(@Nullable Integer configured, int otherwise) {
		return (configured != null) ? configured : otherwise;
	}

	/** Whether resource servers need a key. */
	public enum Mode {

		/** None does. */
		OPEN,

		/** All do. */
		CLOSED

	}

}
