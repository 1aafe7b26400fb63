package io.github.x402sessions.facilitator.settlement;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up at the start what the last run left: settlements that were never written down
 * as sent are released, all others are followed to their end. None is offered to the
 * network again: whoever waited for it has gone.
 */
public final class Recovery {

	private static final Logger logger = LoggerFactory.getLogger(Recovery.class);

	private final Books books;

	private final TransactionSources sources;

	private final Follower follower;

	/**
	 * Create the recovery.
	 * @param books what the last run left
	 * @param sources the sources, which open transactions keep from being used
	 * @param follower follows
	 */
	public Recovery(Books books, TransactionSources sources, Follower follower) {
		this.books = books;
		this.sources = sources;
		this.follower = follower;
	}

	/** Take up what is open. Has to be called before the first new settlement. */
	public void run() {
		List<Settlement> reserved = this.books.reserved();
		reserved.forEach((settlement) -> this.books.close(settlement, Outcome.released("the process ended")));
		List<Submitted> submitted = this.books.submitted();
		submitted.forEach((open) -> {
			@Nullable SourceLease lease = this.sources.lease(open.transaction().source());
			this.follower.resume(open, lease);
		});
		if (!reserved.isEmpty() || !submitted.isEmpty()) {
			logger.warn("The last run left {} settlement(s) unsent, now released, and {} open, now followed",
					reserved.size(), submitted.size());
		}
	}

}
