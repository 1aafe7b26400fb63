package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;

/**
 * The events of a receiver that it was not told of, counted up to {@link #MOST}.
 *
 * @param receiver its name
 * @param waiting how many wait
 * @param age how long the oldest of them has waited
 * @param givenUp how many were given up and are still kept
 */
public record EventBacklog(String receiver, long waiting, Duration age, long givenUp) {

	/** Where there are more, this is the number. */
	public static final int MOST = 10_000;

}
