package io.github.x402sessions.facilitator.settlement.tracking;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.chain.SpenderTransfers;
import io.github.x402sessions.facilitator.channel.Channels;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.settlement.repository.TrackingResult;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.fee.FeePolicy;
import io.github.x402sessions.stellar.rpc.Polling;
import io.github.x402sessions.stellar.rpc.StellarRpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Follows transactions to their end, whether or not anybody waits, and writes the end
 * into the books. Its threads are few and all transactions share them: one that stays
 * open for days costs a question now and then, and holds up none that somebody waits for.
 * Thread-safe.
 */
public final class TransactionTracker implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TransactionTracker.class);

	/** Each is one call to the node at a time. */
	private static final int THREADS_FOR_CALLERS = 32;

	private static final int THREADS_FOR_THE_REST = 8;

	private static final int SECONDS_TO_SEND = 5;

	private static final Duration IDLE = Duration.ofSeconds(10);

	private final StellarRpc rpc;

	private final LedgerState chain;

	private final SpenderTransfers transfers;

	private final RejectionEffects refusals;

	private final SettlementBooks books;

	private final Channels channels;

	private final Map<String, TrackedTransaction> followed = new ConcurrentHashMap<>();

	private final Polling polling;

	private final SettlementObserver figures;

	private final ScheduledThreadPoolExecutor forCallers = threads("x402-settlement-", THREADS_FOR_CALLERS);

	private final ScheduledThreadPoolExecutor forTheRest = threads("x402-settlement-open-", THREADS_FOR_THE_REST);

	/**
	 * Create it.
	 * @param rpc the node to send to and to ask
	 * @param chain reads accounts
	 * @param transfers learns what was refused
	 * @param fees learns which bids were
	 * @param books where ends are written
	 * @param channels hears that a channel may be free
	 * @param polling the pause between two questions to the node
	 * @param figures hears of ends
	 */
	public TransactionTracker(StellarRpc rpc, LedgerState chain, SpenderTransfers transfers, FeePolicy fees,
			SettlementBooks books, Channels channels, Polling polling, SettlementObserver figures) {
		this.figures = figures;
		this.rpc = rpc;
		this.chain = chain;
		this.transfers = transfers;
		this.refusals = new RejectionEffects(fees, transfers);
		this.books = books;
		this.channels = channels;
		this.polling = polling;
	}

	private static ScheduledThreadPoolExecutor threads(String name, int most) {
		AtomicInteger number = new AtomicInteger();
		ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(most, (task) -> {
			Thread thread = new Thread(task, name + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		threads.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	/**
	 * Send a transaction, while its caller waits, and follow it.
	 */
	public CompletableFuture<TrackingResult> send(SubmittedTransaction submitted, SettleDeadline caller) {
		TrackedTransaction following = new TrackedTransaction(submitted,
				new TransactionSubmission(this.rpc, this.chain, this.refusals, submitted, caller), System.nanoTime(),
				this.polling);
		return begin(following, () -> {
			following.broadcast().offer();
			following.offered().complete(null);
			later(following, () -> look(following));
		});
	}

	/**
	 * Follow a transaction of which it is not known whether it was sent, unless it is
	 * followed already. Nobody waits for it any more, so it is not offered again.
	 */
	public void resume(SubmittedTransaction submitted) {
		TrackedTransaction following = new TrackedTransaction(submitted, new TransactionSubmission(this.rpc, this.chain,
				this.refusals, submitted, new SettleDeadline(Duration.ZERO)), null, this.polling);
		var unused = begin(following, () -> look(following));
	}

	private CompletableFuture<TrackingResult> begin(TrackedTransaction following, Runnable first) {
		if (this.followed.putIfAbsent(following.hash(), following) != null) {
			return CompletableFuture.completedFuture(new TrackingResult.Open());
		}
		schedule(following, first, Duration.ZERO);
		return following.trackingResult();
	}

	private void later(TrackedTransaction following, Runnable step) {
		schedule(following, step, following.pause());
	}

	private void schedule(TrackedTransaction following, Runnable step, Duration delay) {
		try {
			var unused = (following.isWaitedFor() ? this.forCallers : this.forTheRest)
				.schedule(() -> take(following, step), delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			leave(following, new TrackingResult.Open());
		}
	}

	private void take(TrackedTransaction following, Runnable step) {
		try {
			step.run();
		}
		catch (DataAccessException ex) {
			logger.error("Transaction {} is not followed for a while: {}", following.hash(), ex.getMessage());
			leave(following, new TrackingResult.Open());
		}
		catch (RuntimeException | Error ex) {
			logger.error("Transaction {} is not followed for a while", following.hash(), ex);
			leave(following, new TrackingResult.Open());
		}
	}

	/**
	 * Where a node's memory does not reach back to the transaction, another's may:
	 * looking goes on, more slowly, and does not keep the channel from being used.
	 */
	private void look(TrackedTransaction following) {
		TrackingResult trackingResult = following.broadcast().look();
		if (trackingResult == null && following.isOver()) {
			trackingResult = this.books.trackingResult(following.submitted().transaction());
		}
		if (trackingResult instanceof TrackingResult.Decided decided) {
			end(following, decided);
			return;
		}
		if (following.broadcast().isOver() && !following.isOver()) {
			this.books.over(following.hash());
			this.channels.freed();
		}
		following.next();
		later(following, () -> look(following));
	}

	/** The end is known and must not be lost to a database that is busy or full. */
	private void end(TrackedTransaction following, TrackingResult.Decided decided) {
		Outcome outcome = decided.outcome();
		boolean first;
		try {
			first = this.books.close(following.submitted(), outcome);
		}
		catch (DataAccessException ex) {
			logger.error("The end of transaction {} cannot be written yet: {}", following.hash(), ex.getMessage());
			later(following, () -> end(following, decided));
			return;
		}
		if (first) {
			this.figures.ended(outcome.status().name().toLowerCase(Locale.ROOT), following.sinceSent(),
					decided.feeCharged());
		}
		report(following.submitted(), outcome);
		leave(following, decided);
	}

	private void report(SubmittedTransaction submitted, Outcome outcome) {
		if (outcome.status() == Outcome.Status.CONFIRMED) {
			logger.info("Transaction {} has settled in ledger {}", submitted.hash(), outcome.ledger());
			return;
		}
		if (submitted.transfer() != null) {
			this.transfers.forget(submitted.transfer());
		}
		logger.warn("Transaction {} moved nothing and is released: {}", submitted.hash(), outcome.note());
	}

	private void leave(TrackedTransaction following, TrackingResult trackingResult) {
		if (trackingResult instanceof TrackingResult.Open) {
			logger.warn("The outcome of transaction {} is open; its amount stays reserved", following.hash());
		}
		this.followed.remove(following.hash());
		this.channels.freed();
		following.offered().complete(null);
		following.trackingResult().complete(trackingResult);
	}

	/**
	 * Stop following, once what was to be sent is; what is open stays in the books and is
	 * resumed at the next start.
	 */
	@Override
	public void close() {
		try {
			CompletableFuture.allOf(
					this.followed.values().stream().map(TrackedTransaction::offered).toArray(CompletableFuture[]::new))
				.get(SECONDS_TO_SEND, TimeUnit.SECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn("Some transactions may not have been sent when the process ended");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.forCallers.shutdownNow();
		this.forTheRest.shutdownNow();
		try {
			if (!this.forCallers.awaitTermination(5, TimeUnit.SECONDS)
					|| !this.forTheRest.awaitTermination(1, TimeUnit.SECONDS)) {
				logger.warn("Settlements are still being followed at the end of the process");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.followed.values().forEach((following) -> leave(following, new TrackingResult.Open()));
	}

}
