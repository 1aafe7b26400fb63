package io.github.x402sessions.facilitator.reconcile;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.facilitator.chain.LedgerRange;
import io.github.x402sessions.facilitator.chain.SpenderHistory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the books with the chain at the start and then every minute, and doubts them
 * from the first difference on, until an operator says to go on: whoever settled by books
 * that have lost payments would take them again. Thread-safe.
 */
public final class BooksWatch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(BooksWatch.class);

	/** How soon it is known that an operator, or another node, has decided. */
	private static final Duration ROUND = Duration.ofSeconds(3);

	/** About a minute. */
	private static final int ROUNDS_BETWEEN_SEARCHES = 20;

	/** The start waits for the first comparison, unless that takes longer. */
	private static final Duration START = Duration.ofSeconds(10);

	private final ChainSearch search;

	private final MissingTransfers transfers;

	private final SpenderHistory history;

	private final UncoveredSessions sessions;

	private final CountDownLatch compared = new CountDownLatch(1);

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread created = new Thread(task, "x402-books");
		created.setDaemon(true);
		return created;
	});

	private volatile @Nullable String doubt = "the books have not been compared with the chain yet";

	/** Used by the one thread of the rounds. */
	private int untilSearch;

	/**
	 * Create the watch.
	 * @param search what the books remember of it
	 * @param transfers finds transfers that the books lack
	 * @param history knows how far back the node remembers
	 * @param sessions finds payers who allow less than the books say
	 */
	public BooksWatch(ChainSearch search, MissingTransfers transfers, SpenderHistory history,
			UncoveredSessions sessions) {
		this.search = search;
		this.transfers = transfers;
		this.history = history;
		this.sessions = sessions;
	}

	/** Begin, and wait for a while until the books are compared. */
	public void start() {
		var unused = this.thread.scheduleWithFixedDelay(this::round, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
		try {
			if (!this.compared.await(START.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("The books are still being compared with the chain: nothing is settled before");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return why nothing may be settled.
	 * @return the reason, in a sentence; empty as long as books and chain agree
	 */
	public Optional<String> doubt() {
		return Optional.ofNullable(this.doubt);
	}

	private void round() {
		try {
			Optional<String> difference = this.search.difference();
			if (difference.isEmpty() && (this.doubt != null || this.untilSearch-- <= 0)) {
				compare();
				this.untilSearch = ROUNDS_BETWEEN_SEARCHES;
				difference = this.search.difference();
			}
			difference.filter((found) -> !found.equals(this.doubt))
				.ifPresent((found) -> logger.error("Nothing is settled until an operator says go on: {}", found));
			this.doubt = difference.orElse(null);
		}
		catch (RuntimeException ex) {
			logger.warn("The books cannot be compared with the chain now: {}", ex.getMessage());
		}
		this.compared.countDown();
	}

	private void compare() {
		long before = this.search.ledger();
		String forgotten = forgotten(before);
		AtomicInteger missing = new AtomicInteger();
		AtomicReference<@Nullable String> first = new AtomicReference<>();
		long latest = this.transfers.find(before, (event, transfer) -> {
			missing.incrementAndGet();
			first.compareAndSet(null, event.transaction() + " in ledger " + event.ledger());
		});
		if (missing.get() > 0) {
			this.search.found("the books lack " + missing + " transfer(s) that the spender has made, such as " + first);
		}
		else if (forgotten != null) {
			this.search.found(forgotten);
		}
		else {
			this.search.searched(latest);
		}
	}

	/**
	 * Where nobody remembers all ledgers since the books were last compared, allowances
	 * tell whether something was paid in them.
	 */
	private @Nullable String forgotten(long before) {
		LedgerRange range = this.history.range();
		if (before == 0 || range.oldest() <= before + 1) {
			return null;
		}
		AtomicInteger uncovered = new AtomicInteger();
		this.sessions.find(range.latest(), (finding) -> uncovered.incrementAndGet());
		return (uncovered.get() == 0) ? null : "the node does not remember the ledgers after " + before + ", and "
				+ uncovered + " payer(s) allow less than what the books say is left";
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
		try {
			this.thread.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
