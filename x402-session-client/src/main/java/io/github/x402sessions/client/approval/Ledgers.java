package io.github.x402sessions.client.approval;

import java.time.Duration;

import io.github.x402sessions.stellar.rpc.LedgerTime;

/**
 * Turns the time of a session into ledgers.
 */
public final class Ledgers {

	/**
	 * The shortest that a facilitator makes a session of: the approval may take a minute
	 * to land, and a facilitator wants a minute more to settle the last call.
	 */
	private static final Duration MIN = Duration.ofMinutes(3);

	/** The longest that the network keeps an allowance, with a margin of a few days. */
	private static final Duration MAX = Duration.ofDays(175);

	private Ledgers() {
	}

	/** A part of a ledger counts as a whole. */
	public static long in(Duration duration) {
		if (duration.compareTo(MIN) < 0 || duration.compareTo(MAX) > 0) {
			throw new IllegalArgumentException("expiresIn must be between " + MIN.toMinutes() + " minutes and "
					+ MAX.toDays() + " days, not " + duration);
		}
		return LedgerTime.ledgers(duration);
	}

	/** How long so many ledgers last. */
	public static Duration last(long ledgers) {
		return LedgerTime.lasting(ledgers);
	}

}
