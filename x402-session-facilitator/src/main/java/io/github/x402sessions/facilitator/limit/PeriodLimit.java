package io.github.x402sessions.facilitator.limit;

import java.time.Duration;

/**
 * A limit of how much each of many may use in a period.
 *
 * @param name its name in the store, at most 32 characters
 * @param most how much, positive; 0 for as much as they like
 * @param period the period, which begins with the first use
 * @param whole whether it ends with a whole period since 1970 instead, however late its
 * first use comes
 */
public record PeriodLimit(String name, long most, Duration period, boolean whole) {

	/**
	 * Create a limit whose period begins with the first use.
	 * @param name its name in the store, at most 32 characters
	 * @param most how much, positive; 0 for as much as they like
	 * @param period the period
	 */
	public PeriodLimit(String name, long most, Duration period) {
		this(name, most, period, false);
	}

	/**
	 * Return a limit of how often in a minute.
	 * @param name its name in the store
	 * @param times how often; 0 for any number of times
	 * @return the limit
	 */
	public static PeriodLimit perMinute(String name, long times) {
		return new PeriodLimit(name, times, Duration.ofMinutes(1));
	}

	/**
	 * Return a limit of how much in an hour.
	 * @param name its name in the store
	 * @param most how much, positive
	 * @return the limit
	 */
	public static PeriodLimit perHour(String name, long most) {
		return new PeriodLimit(name, most, Duration.ofHours(1));
	}

	/**
	 * Return a limit of how much in a day.
	 * @param name its name in the store
	 * @param most how much, positive
	 * @return the limit
	 */
	public static PeriodLimit perDay(String name, long most) {
		return new PeriodLimit(name, most, Duration.ofDays(1));
	}

	/**
	 * Return a limit of how much in a day that ends at midnight, UTC.
	 * @param name its name in the store
	 * @param most how much, positive
	 * @return the limit
	 */
	public static PeriodLimit perCalendarDay(String name, long most) {
		return new PeriodLimit(name, most, Duration.ofDays(1), true);
	}

}
