package io.github.x402sessions.facilitator.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Compares the books with the chain at the start and then every minute, and doubts them
 * from the first difference on, until an operator says to go on: whoever settled by books
 * that have lost payments would take them again. Thread-safe.
 */
public final class ConsistencyMonitor implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ConsistencyMonitor.class);

	/** How soon it is known that an operator, or another node, has decided. */
	private static final Duration ROUND = Duration.ofSeconds(3);

	/** About a minute. */
	private static final int ROUNDS_BETWEEN_SEARCHES = 20;

	/** The start waits for the first comparison, unless that takes longer. */
	private static final Duration START = Duration.ofSeconds(10);

	private static final String UNCOMPARED = "the books have not been compared with the chain yet";

	private static final String OTHER_LEDGER = "books and chain do not belong together: ";

	private final SpenderSearches searches;

	private final UnrecordedSequences numbers;

	private final CountDownLatch compared = new CountDownLatch(1);

	private final PeriodicTask rounds = PeriodicTask.every("x402-books", ROUND, this::round);

	private volatile @Nullable String doubt = UNCOMPARED;

	/** Used by the one thread of the rounds. */
	private int untilSearch;

	/**
	 * Create the watch.
	 * @param searches find transfers that the books lack
	 * @param numbers finds transactions that they lack and no node remembers
	 */
	public ConsistencyMonitor(SpenderSearches searches, UnrecordedSequences numbers) {
		this.searches = searches;
		this.numbers = numbers;
	}

	/** Begin, and wait for a while until the books are compared. */
	public void start() {
		this.rounds.start(Duration.ZERO);
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

	/**
	 * Tell whether nothing may be settled because books and chain differ, not because
	 * they were not compared yet.
	 * @return whether they are known to differ
	 */
	public boolean differs() {
		String known = this.doubt;
		return known != null && !known.startsWith(UNCOMPARED);
	}

	/** Told once: nothing but an operator ends it. */
	private void doubt(RpcException otherLedger) {
		String before = this.doubt;
		if (before == null || !before.startsWith(OTHER_LEDGER)) {
			logger.error("Nothing is settled: {}", otherLedger.getMessage());
		}
		this.doubt = OTHER_LEDGER + otherLedger.getMessage();
	}

	private void waitFor(RpcException failure) {
		logger.warn("The books cannot be compared with the chain now: {}", failure.getMessage());
		String before = this.doubt;
		if (before != null && before.startsWith(UNCOMPARED)) {
			this.doubt = UNCOMPARED + ": " + failure.getMessage();
		}
	}

	private void round() {
		try {
			look();
		}
		catch (RpcException ex) {
			if (ex.getCause() instanceof OtherLedgerException) {
				doubt(ex);
			}
			else {
				waitFor(ex);
			}
		}
		catch (DataAccessException ex) {
			logger.warn("The books cannot be compared with the chain now: {}", ex.getMessage());
		}
		finally {
			this.compared.countDown();
		}
	}

	private void look() {
		Optional<String> difference = this.searches.difference();
		if (difference.isEmpty() && (this.doubt != null || this.untilSearch-- <= 0)) {
			this.numbers.begin();
			this.searches.all().forEach(this::compare);
			this.untilSearch = ROUNDS_BETWEEN_SEARCHES;
			difference = this.searches.difference();
		}
		difference.filter((found) -> !found.equals(this.doubt))
			.ifPresent((found) -> logger.error("Nothing is settled until an operator says go on: {}", found));
		this.doubt = difference.orElse(null);
	}

	/** The numbers tell of ledgers that the node forgets while it is searched, too. */
	private void compare(SpenderSearch searched) {
		ChainSearch search = searched.state();
		AtomicInteger missing = new AtomicInteger();
		AtomicReference<@Nullable String> first = new AtomicReference<>();
		long latest = searched.find(search.ledger(), (transfer) -> {
			missing.incrementAndGet();
			first.compareAndSet(null, transfer.transaction() + " in ledger " + transfer.ledger());
		});
		List<String> forgotten = new ArrayList<>();
		if (searched == this.searches.current()) {
			this.numbers.find((number) -> forgotten.add(number.account() + " " + number.finding().detail()));
		}
		if (missing.get() > 0) {
			search.found("the books lack " + missing + " transfer(s) that the spender has made, such as " + first);
		}
		else if (!forgotten.isEmpty()) {
			search.found(forgotten.get(0));
		}
		else {
			search.searched(latest);
		}
	}

	@Override
	public void close() {
		this.rounds.close();
	}

}
