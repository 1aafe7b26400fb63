package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.Collection;

/**
 * Counts in the books what is open, and how the last payments went. Implementations are
 * thread-safe.
 */
public interface OpenWork {

	/** Return how many settlements hold an amount that is neither paid nor free. */
	long reserved();

	/** Return for how many payments an amount is held until their cost is known. */
	long held();

	/** Return how many transactions may still be applied, or be found to have been. */
	long transactions();

	/**
	 * Return how long ago the oldest of those was written down; zero if there is none.
	 */
	Duration oldestTransaction();

	/** Return how many accounts can give a transaction its number. */
	long channels();

	/** Return how many channels have too few lumens for a transaction. */
	long insolventChannels();

	/** Return how many channels a transaction is being made of. */
	long channelsInUse();

	/** Return the accounts of all channels, without those of the spenders. */
	Collection<String> channelAddresses();

	/**
	 * Return after how many ledgers transactions were applied, on average of those that
	 * ended lately; not a number where none did.
	 * @param lately how long ago that is
	 */
	double ledgersToConfirm(Duration lately);

}
