package io.github.x402sessions.facilitator.deferred.redemption;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.Parties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Workers that redeem and collect, as many as there are channels, each of which prepares
 * and sends one transaction at a time and does not wait for its end. What is open between
 * parties is claimed until all of it that was sent has ended, so that no other worker, of
 * whichever node, has it. Thread-safe.
 */
final class RedemptionWorkers {

	private static final Logger logger = LoggerFactory.getLogger(RedemptionWorkers.class);

	private final RedemptionRepository commitments;

	private final RedemptionTransactions transactions;

	private final Duration patience;

	private final Set<Parties> busy = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads;

	/**
	 * Create them.
	 * @param commitments what is claimed
	 * @param transactions what they prepare and send
	 * @param count how many
	 * @param patience how long a transaction may wait for a channel and be offered
	 */
	RedemptionWorkers(RedemptionRepository commitments, RedemptionTransactions transactions, int count,
			Duration patience) {
		this.commitments = commitments;
		this.transactions = transactions;
		this.patience = patience;
		AtomicInteger number = new AtomicInteger();
		this.threads = Executors.newFixedThreadPool(count, (task) -> {
			Thread thread = new Thread(task, "x402-redemption-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Redeem what is open between parties, unless that is done already.
	 * @return whether this was taken
	 */
	boolean redeem(Parties parties) {
		return take(parties, (deadline) -> this.transactions.redeem(parties, deadline));
	}

	/**
	 * Collect what is defaulted between parties, unless that is done already.
	 * @return whether this was taken
	 */
	boolean collect(Parties parties) {
		return take(parties, (deadline) -> this.transactions.collect(parties, deadline));
	}

	/**
	 * Work on what is open between parties, unless that is done already.
	 * @param work prepares and sends; what it returns ends with the last transaction
	 * @return whether this was taken
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // both ends are taken up here
	boolean take(Parties parties, Function<SettleDeadline, CompletableFuture<Void>> work) {
		if (!this.busy.add(parties)) {
			return false;
		}
		try {
			this.threads.execute(() -> begin(parties, work).whenComplete((done, failure) -> end(parties, failure)));
			return true;
		}
		catch (RejectedExecutionException ex) {
			this.busy.remove(parties);
			return false;
		}
	}

	private CompletableFuture<Void> begin(Parties parties, Function<SettleDeadline, CompletableFuture<Void>> work) {
		try {
			return this.commitments.claim(parties, this.patience.multipliedBy(2))
					? work.apply(new SettleDeadline(this.patience)) : CompletableFuture.allOf();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void end(Parties parties, @Nullable Throwable failure) {
		if (failure instanceof RpcException || failure instanceof DataAccessException) {
			logger.warn("What {} owes is not redeemed now: {}", parties.from(), failure.getMessage());
		}
		else if (failure != null) {
			logger.error("What {} owes is not redeemed now", parties.from(), failure);
		}
		try {
			this.commitments.unclaim(parties);
		}
		catch (DataAccessException ex) {
			logger.warn("A claim ends by its time: {}", ex.getMessage());
		}
		this.busy.remove(parties);
	}

	/** Return between how many parties something is being done. */
	int busy() {
		return this.busy.size();
	}

	/**
	 * Let what was taken be sent and take nothing more.
	 * @param longest how long that may take
	 */
	void close(Duration longest) {
		this.threads.shutdown();
		try {
			if (!this.threads.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
				this.threads.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			this.threads.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

}
