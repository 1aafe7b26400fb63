package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.List;

import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDeliveries;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TransactionRepository;
import io.github.x402sessions.facilitator.settlement.tracking.TransactionTracker;
import io.github.x402sessions.facilitator.store.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Takes up, at the start and then every few seconds, what processes left that are gone:
 * settlements that were never written down as sent are released, all others are followed
 * to their end. None is offered to the network again: whoever waited for it has gone.
 */
public final class Recovery implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Recovery.class);

	/** About an hour. */
	private static final int ROUNDS_BETWEEN_CLEANINGS = 1200;

	/** Together more than are settled between two rounds. */
	private static final int CLEANINGS_IN_A_ROUND = 10;

	private static final Duration INTERVAL = Duration.ofSeconds(3);

	private final Nodes nodes;

	private final SettlementBooks books;

	private final SettlementRepository settlements;

	private final TransactionRepository transactions;

	private final TransactionTracker tracker;

	private final OutcomeDeliveries deliveries;

	private final Duration retention;

	private final Duration longestCall;

	/** Used by the one thread of the rounds. */
	private int rounds;

	/** Used by the one thread of the rounds. */
	private boolean forgetting;

	private final PeriodicTask recovery = PeriodicTask.every("x402-recovery", INTERVAL, this::round);

	/**
	 * Create the recovery.
	 * @param nodes who is alive
	 * @param books the books
	 * @param settlements the settlements in them
	 * @param transactions the transactions in them
	 * @param tracker follows
	 * @param deliveries what the database did not take of them is written in each round
	 * @param retention how long payment identifiers are kept
	 * @param longestCall how long a call of /settle can last
	 */
	public Recovery(Nodes nodes, SettlementBooks books, SettlementRepository settlements,
			TransactionRepository transactions, TransactionTracker tracker, OutcomeDeliveries deliveries,
			Duration retention, Duration longestCall) {
		this.nodes = nodes;
		this.books = books;
		this.settlements = settlements;
		this.transactions = transactions;
		this.tracker = tracker;
		this.deliveries = deliveries;
		this.retention = retention;
		this.longestCall = longestCall;
	}

	/** Take up what is open. Has to be called before the first new settlement. */
	public void start() {
		this.nodes.begin();
		mend();
		sweep();
		this.recovery.start(INTERVAL);
	}

	/** A database that is busy or away now must not end the rounds. */
	private void round() {
		try {
			this.nodes.beat();
			sweep();
			this.deliveries.catchUp();
			this.transactions.own().forEach(this.tracker::resume);
			if (this.rounds++ % ROUNDS_BETWEEN_CLEANINGS == 0) {
				mend();
				this.forgetting = true;
			}
			this.forgetting = this.forgetting && forget();
		}
		catch (DataAccessException ex) {
			logger.error("What other processes left cannot be taken up now: {}", ex.getMessage());
		}
	}

	/** Return whether there may be more to forget. */
	private boolean forget() {
		int cleanings = 0;
		boolean more = true;
		while (more && cleanings++ < CLEANINGS_IN_A_ROUND) {
			more = this.settlements.forgetIdentifiers(this.retention) == SettlementRepository.FORGOTTEN_AT_ONCE;
		}
		return more;
	}

	/** What a fault of the database has torn apart before. */
	private void mend() {
		int mended = this.books.mend();
		if (mended > 0) {
			logger.error("The books had not got the end of {} transaction(s), which are mended", mended);
		}
	}

	private void sweep() {
		int released = this.books.releaseAbandoned(this.longestCall);
		List<SubmittedTransaction> open = this.transactions.claim();
		open.forEach(this.tracker::resume);
		if (released > 0 || !open.isEmpty()) {
			logger.warn(
					"A process left {} settlement(s) unsent, now released, and {} transaction(s) open, now followed",
					released, open.size());
		}
	}

	/**
	 * End the rounds, so that no beat comes after this process has left, and write down
	 * what only it knows.
	 */
	@Override
	public void close() {
		this.recovery.close();
		try {
			this.deliveries.catchUp();
		}
		catch (DataAccessException ex) {
			logger.error("It is lost that nobody was told of some payments: {}", ex.getMessage());
		}
	}

}
