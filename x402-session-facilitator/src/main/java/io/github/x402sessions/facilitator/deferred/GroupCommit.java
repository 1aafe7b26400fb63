package io.github.x402sessions.facilitator.deferred;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Commits what waits together: callers queue, one thread takes what there is and writes
 * it in one transaction of the database, which is on disk before anybody is answered. One
 * that the database refuses does not keep the others from theirs. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(GroupCommit.class);

	/** What one transaction writes in a few milliseconds. */
	private static final int MOST = 256;

	private static final int LONGEST_QUEUE = 2_000;

	private static final long MILLIS_TO_LOOK = 100;

	private static final long MILLIS_TO_DRAIN = 10_000;

	private final Function<List<CommitmentOrder>, Map<String, CommitmentResult>> write;

	private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);

	private final Thread writer = new Thread(this::work, "x402-commit");

	private volatile boolean closed;

	/**
	 * Create it.
	 * @param write commits orders and returns the results, by the names of commitments;
	 * those without one have to settle at once
	 */
	GroupCommit(Function<List<CommitmentOrder>, Map<String, CommitmentResult>> write) {
		this.write = write;
		this.writer.setDaemon(true);
	}

	void start() {
		this.writer.start();
	}

	/**
	 * Queue an order.
	 * @return the order as it waits, or {@code null} if too many do, or none may any more
	 */
	@Nullable Waiting submit(CommitmentOrder order) {
		Waiting waiting = new Waiting(order);
		if (this.closed || !this.queue.offer(waiting)) {
			return null;
		}
		if (this.closed && !this.writer.isAlive()) {
			waiting.withdraw();
		}
		return waiting;
	}

	private void work() {
		List<Waiting> taken = new ArrayList<>();
		while (!this.closed || !this.queue.isEmpty()) {
			try {
				Waiting first = this.queue.poll(MILLIS_TO_LOOK, TimeUnit.MILLISECONDS);
				if (first != null) {
					taken.add(first);
					this.queue.drainTo(taken, MOST - 1);
					commit(taken.stream().filter(Waiting::take).toList());
				}
			}
			catch (InterruptedException ex) {
				this.closed = true;
			}
			taken.clear();
		}
	}

	private void commit(List<Waiting> group) {
		if (group.isEmpty()) {
			return;
		}
		try {
			Map<String, CommitmentResult> results = this.write.apply(group.stream().map(Waiting::order).toList());
			group.forEach((one) -> one.answer(results));
		}
		catch (DataIntegrityViolationException ex) {
			if (group.size() == 1) {
				fail(group, ex);
			}
			else {
				group.forEach((one) -> commit(List.of(one)));
			}
		}
		catch (RuntimeException | Error ex) {
			fail(group, ex);
		}
	}

	/** Where a commit fails nobody can say that it was not carried out. */
	private static void fail(List<Waiting> group, Throwable failure) {
		logger.error("{} commitment(s) cannot be written, or it is not known that they are: {}", group.size(),
				failure.getMessage());
		group.forEach((one) -> one.result().completeExceptionally(failure));
	}

	/** Who waits is answered, nobody else is let in. */
	@Override
	public void close() {
		this.closed = true;
		try {
			this.writer.join(MILLIS_TO_DRAIN);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		List<Waiting> late = new ArrayList<>();
		this.queue.drainTo(late);
		late.forEach(Waiting::withdraw);
	}

	/**
	 * An order that waits. Either the writer takes it or its caller takes it back.
	 *
	 * @param order the order
	 * @param result what will have come of it
	 * @param decided whether one of the two has
	 */
	record Waiting(CommitmentOrder order, CompletableFuture<CommitmentResult> result, AtomicBoolean decided) {

		Waiting(CommitmentOrder order) {
			this(order, new CompletableFuture<>(), new AtomicBoolean());
		}

		private boolean take() {
			return this.decided.compareAndSet(false, true);
		}

		/** Take it back; return whether it is certain that it is not committed. */
		boolean withdraw() {
			return take() && this.result.complete(CommitmentResult.WITHDRAWN);
		}

		private void answer(Map<String, CommitmentResult> results) {
			this.result.complete(results.getOrDefault(this.order.commitment().id(), CommitmentResult.AT_ONCE));
		}

	}

}
