package io.github.x402sessions.facilitator.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Keeps calls that wait for the chain apart from the container's threads: only so many
 * wait at once, each in a thread of this bulkhead. Whoever comes beyond is told so at
 * once. Thread-safe.
 */
final class Bulkhead implements AutoCloseable {

	private static final long IDLE_SECONDS = 30;

	private final ThreadPoolExecutor threads;

	private final Duration longest;

	private final Set<ResponseHandover> open = ConcurrentHashMap.newKeySet();

	/**
	 * Create a bulkhead.
	 * @param name what waits here, for the names of its threads
	 * @param most how many calls wait at once
	 * @param longest how long a call can last; after that its caller is told so
	 */
	public Bulkhead(String name, int most, Duration longest) {
		this.longest = longest;
		AtomicInteger number = new AtomicInteger();
		this.threads = new ThreadPoolExecutor(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "x402-" + name + "-" + number.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
	}

	/**
	 * Answer a call from a thread of this bulkhead.
	 * @param request the call
	 * @param work waits, and answers
	 * @param late what is answered where that takes too long
	 * @param full answers where no more may wait
	 * @return the answer, or that it comes later
	 */
	ServerResponse answer(ServerRequest request, Supplier<ServerResponse> work, ServerResponse late,
			Supplier<ServerResponse> full) {
		ResponseHandover handover = new ResponseHandover(late, this.open::remove);
		this.open.add(handover);
		try {
			this.threads.execute(() -> handover.give(answer(work)));
		}
		catch (RejectedExecutionException ex) {
			this.open.remove(handover);
			return full.get();
		}
		return handover.begin(request, this.longest);
	}

	private static ServerResponse answer(Supplier<ServerResponse> work) {
		try {
			return work.get();
		}
		catch (RuntimeException | Error ex) {
			return Failures.answer(ex);
		}
	}

	/**
	 * Return how many calls wait.
	 * @return their number
	 */
	public int waiting() {
		return this.threads.getActiveCount();
	}

	/** The container has ended: what it did not write is lost. */
	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			this.threads.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.open.forEach(ResponseHandover::abandon);
	}

}
