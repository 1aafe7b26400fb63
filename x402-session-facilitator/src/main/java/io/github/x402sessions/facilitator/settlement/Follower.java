package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.chain.Chain;
import io.github.x402sessions.facilitator.chain.FeePolicy;
import io.github.x402sessions.facilitator.chain.Transfers;
import io.github.x402sessions.facilitator.channel.Channels;
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

	private final Refusals refusals;

	private final TransactionBook book;

	private final Channels channels;

	private final Set<String> followed = ConcurrentHashMap.newKeySet();

	private final Polling polling;

	private final SettlementFigures figures;

	private final ExecutorService threads;

	/**
	 * Create a follower.
	 * @param rpc the node to send to and to ask
	 * @param chain reads accounts
	 * @param transfers learns what was refused
	 * @param fees learns which bids were
	 * @param book where ends are written
	 * @param channels hears that a channel may be free
	 * @param polling the pause between two questions to the node
	 * @param figures hears of ends
	 */
	public Follower(StellarRpc rpc, Chain chain, Transfers transfers, FeePolicy fees, TransactionBook book,
			Channels channels, Polling polling, SettlementFigures figures) {
		this.figures = figures;
		this.rpc = rpc;
		this.chain = chain;
		this.transfers = transfers;
		this.refusals = new Refusals(fees, transfers);
		this.book = book;
		this.channels = channels;
		this.polling = polling;
		AtomicInteger number = new AtomicInteger();
		this.threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "x402-settlement-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Send a transaction, while its caller waits, and follow it.
	 */
	CompletableFuture<Fate> send(Submitted submitted, Patience caller) {
		Broadcast broadcast = new Broadcast(this.rpc, this.chain, this.refusals, submitted, caller);
		return start(submitted, System.nanoTime(), () -> {
			broadcast.offer();
			return this.polling.pause() ? follow(submitted, broadcast) : new Fate.Open();
		});
	}

	/**
	 * Follow a transaction of which it is not known whether it was sent, unless it is
	 * followed already. Nobody waits for it any more, so it is not offered again.
	 */
	void resume(Submitted submitted) {
		Broadcast broadcast = new Broadcast(this.rpc, this.chain, this.refusals, submitted,
				new Patience(Duration.ZERO));
		var unused = start(submitted, null, () -> follow(submitted, broadcast));
	}

	private CompletableFuture<Fate> start(Submitted submitted, @Nullable Long sentAt, Supplier<Fate> following) {
		CompletableFuture<Fate> result = new CompletableFuture<>();
		if (!this.followed.add(submitted.hash())) {
			result.complete(new Fate.Open());
			return result;
		}
		try {
			this.threads.execute(() -> run(submitted, sentAt, result, following));
		}
		catch (RejectedExecutionException ex) {
			result.complete(new Fate.Open());
		}
		return result;
	}

	private void run(Submitted submitted, @Nullable Long sentAt, CompletableFuture<Fate> result,
			Supplier<Fate> following) {
		Fate fate = new Fate.Open();
		try {
			fate = ending(submitted, sentAt, following.get());
		}
		catch (RuntimeException ex) {
			logger.error("Transaction {} is not followed for a while", submitted.hash(), ex);
		}
		finally {
			this.followed.remove(submitted.hash());
			this.channels.freed();
			result.complete(fate);
		}
	}

	/**
	 * Where a node's memory does not reach back to the transaction, another's may:
	 * looking goes on, more slowly, and does not keep the channel from being used.
	 */
	private Fate follow(Submitted submitted, Broadcast broadcast) {
		Polling pause = this.polling;
		boolean over = false;
		while (true) {
			Fate fate = broadcast.look();
			if (fate != null) {
				return fate;
			}
			if (over && this.book.isNumberUsedByAnother(submitted.transaction())) {
				return new Fate.Decided(Outcome.dead("another transaction of ours has used its sequence number"));
			}
			if (broadcast.isOver() && !over) {
				this.book.over(submitted.hash());
				this.channels.freed();
				over = true;
			}
			pause = over ? pause.slower() : pause;
			if (!pause.pause()) {
				return new Fate.Open();
			}
		}
	}

	private Fate ending(Submitted submitted, @Nullable Long sentAt, Fate fate) {
		String hash = submitted.hash();
		if (!(fate instanceof Fate.Decided decided)) {
			logger.warn("The outcome of transaction {} is open; its amount stays reserved", hash);
			return fate;
		}
		if (write(submitted, decided.outcome())) {
			this.figures.ended(decided.outcome().status().name().toLowerCase(Locale.ROOT),
					(sentAt != null) ? Duration.ofNanos(System.nanoTime() - sentAt) : null, decided.feeCharged());
		}
		if (decided.outcome().status() == Outcome.Status.CONFIRMED) {
			logger.info("Transaction {} has settled in ledger {}", hash, decided.outcome().ledger());
		}
		else {
			if (submitted.transfer() != null) {
				this.transfers.forget(submitted.transfer());
			}
			logger.warn("Transaction {} moved nothing and is released: {}", hash, decided.outcome().note());
		}
		return fate;
	}

	/**
	 * The end is known and must not be lost to a database that is busy or full.
	 * @return whether this node was the first to write it
	 */
	private boolean write(Submitted submitted, Outcome outcome) {
		while (true) {
			try {
				return this.book.close(submitted, outcome);
			}
			catch (DataAccessException | TransactionException ex) {
				logger.error("The end of transaction {} cannot be written yet", submitted.hash(), ex);
				if (!this.polling.pause()) {
					throw ex;
				}
			}
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
