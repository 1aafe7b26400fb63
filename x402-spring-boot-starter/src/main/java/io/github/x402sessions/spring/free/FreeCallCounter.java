package io.github.x402sessions.spring.free;

import java.time.Instant;

/**
 * Counts free calls. Each method is one step: of calls that come together no more than
 * the limit are taken. May throw whatever its driver does. Thread-safe.
 */
public interface FreeCallCounter {

	/**
	 * Take one call.
	 * @param key names caller or group, route and day
	 * @param limit how many there are
	 * @param end when the day is over; what was counted is forgotten after it, and not
	 * before
	 * @return whether there was one left
	 */
	boolean take(String key, int limit, Instant end);

	/**
	 * Give a call back that was taken, once.
	 * @param key as it was taken
	 * @param end as it was taken
	 */
	void giveBack(String key, Instant end);

	/**
	 * Return where calls are counted, for the log.
	 * @return a few words, such as {@code the database}
	 */
	String place();

}
