package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.chain.Transfers;
import io.github.x402sessions.facilitator.rpc.Polling;
import io.github.x402sessions.facilitator.rpc.StellarRpc;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Follows transactions to their end in threads of its own, whether or not anybody waits,
 * and writes the end into the books. Thread-safe.
 */
public final class Follower implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Follower.class);

	private final StellarRpc rpc;

	private final Chain chain;

	private final Transfers transfers;

	private final Books books;

	private final Polling polling;

	private final ExecutorService threads;

	/**
	 * Create a follower.
	 * @param rpc the node to send to and to ask
	 * @param chain reads accounts
	 * @param transfers learns what was refused
	 * @param books where ends are written
	 * @param polling the pause between two questions to the node
	 */
	public Follower(StellarRpc rpc, Chain chain, Transfers transfers, Books books, Polling polling) {
		this.rpc = rpc;
		this.chain = chain;
		this.transfers = transfers;
		this.books = books;
		this.polling = polling;
		AtomicInteger number = new AtomicInteger();
		this.threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "x402-settlement-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Send a transaction, while its caller waits, and follow it; the lease is given back
	 * when the transaction cannot be applied any more.
	 */
	CompletableFuture<Fate> send(Submitted submitted, SourceLease lease, Patience caller) {
		Broadcast broadcast = new Broadcast(this.rpc, this.chain, submitted, caller);
		CompletableFuture<Fate> result = new CompletableFuture<>();
		start(submitted, lease, result, () -> {
			broadcast.offer();
			return this.polling.pause() ? follow(broadcast, lease) : new Fate.Open();
		});
		return result;
	}

	/**
	 * Follow a transaction of which it is not known whether it was sent. Nobody waits for
	 * it any more, so it is not offered again.
	 */
	void resume(Submitted submitted, @Nullable SourceLease lease) {
		Broadcast broadcast = new Broadcast(this.rpc, this.chain, submitted, new Patience(Duration.ZERO));
		start(submitted, lease, new CompletableFuture<>(), () -> follow(broadcast, lease));
	}

	private void start(Submitted submitted, @Nullable SourceLease lease, CompletableFuture<Fate> result,
			Supplier<Fate> following) {
		try {
			this.threads.execute(() -> run(submitted, lease, result, following));
		}
		catch (RejectedExecutionException ex) {
			giveBack(lease);
			result.complete(new Fate.Open());
		}
	}

	private void run(Submitted submitted, @Nullable SourceLease lease, CompletableFuture<Fate> result,
			Supplier<Fate> following) {
		Fate fate = new Fate.Open();
		try {
			fate = ending(submitted, following.get());
		}
		catch (RuntimeException ex) {
			logger.error("Transaction {} is no longer followed; it will be at the next start",
					submitted.transaction().hash(), ex);
		}
		finally {
			giveBack(lease, submitted, fate);
			result.complete(fate);
		}
	}

	/**
	 * Where a node's memory does not reach back to the transaction, another's may:
	 * looking goes on, more slowly, and does not keep the source from being used.
	 */
	private Fate follow(Broadcast broadcast, @Nullable SourceLease lease) {
		Polling pause = this.polling;
		while (true) {
			Fate fate = broadcast.look();
			if (fate != null) {
				return fate;
			}
			if (broadcast.isOver()) {
				giveBack(lease);
				pause = pause.slower();
			}
			if (!pause.pause()) {
				return new Fate.Open();
			}
		}
	}

	private Fate ending(Submitted submitted, Fate fate) {
		String hash = submitted.transaction().hash();
		if (!(fate instanceof Fate.Decided decided)) {
			logger.warn("The outcome of transaction {} is open; its amount stays reserved", hash);
			return fate;
		}
		write(submitted, decided.outcome());
		Transfer transfer = submitted.settlement().transfer();
		if (decided.outcome().status() == Outcome.Status.CONFIRMED) {
			logger.info("Settled {} of {} from {} to {} in ledger {}, transaction {}", transfer.amount(),
					transfer.asset(), transfer.from(), transfer.to(), decided.outcome().ledger(), hash);
		}
		else {
			this.transfers.forget(transfer);
			logger.warn("Transaction {} moved nothing and is released: {}", hash, decided.outcome().note());
		}
		return fate;
	}

	/** The end is known and must not be lost to a database that is busy or full. */
	private void write(Submitted submitted, Outcome outcome) {
		while (true) {
			try {
				this.books.close(submitted.settlement(), outcome);
				return;
			}
			catch (DataAccessException | TransactionException ex) {
				logger.error("The end of transaction {} cannot be written yet", submitted.transaction().hash(), ex);
				if (!this.polling.pause()) {
					throw ex;
				}
			}
		}
	}

	private static void giveBack(@Nullable SourceLease lease, Submitted submitted, Fate fate) {
		boolean applied = fate instanceof Fate.Decided decided && decided.outcome().ledger() != null;
		if (lease != null && applied) {
			lease.close((source) -> source.used(submitted.transaction().sequence()));
		}
		giveBack(lease);
	}

	private static void giveBack(@Nullable SourceLease lease) {
		if (lease != null) {
			lease.close(TransactionSource::forget);
		}
	}

	/**
	 * Stop following; what is open stays in the books and is resumed at the next start.
	 */
	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			if (!this.threads.awaitTermination(5, TimeUnit.SECONDS)) {
				logger.warn("Settlements are still being followed at the end of the process");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
