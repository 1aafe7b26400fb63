package io.github.x402sessions.facilitator.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.springframework.web.servlet.function.ServerResponse;

/**
 * Keeps calls that wait for the chain apart from the container's threads: only so many
 * wait at once, each in a thread of this bulkhead. Whoever comes beyond is told so at
 * once. Thread-safe.
 */
public final class Bulkhead implements AutoCloseable {

	private static final long IDLE_SECONDS = 30;

	private final ThreadPoolExecutor threads;

	private final Duration longest;

	/**
	 * Create a bulkhead.
	 * @param name what waits here, for the names of its threads
	 * @param most how many calls wait at once
	 * @param longest how long a call can last; after that its caller is told 503
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
	 * @param work waits, and answers
	 * @param full answers where no more may wait
	 * @return the answer, or that it comes later
	 */
	ServerResponse answer(Supplier<ServerResponse> work, Supplier<ServerResponse> full) {
		try {
			return ServerResponse
				.async(CompletableFuture.supplyAsync(work, this.threads).exceptionally(Failures::answer), this.longest);
		}
		catch (RejectedExecutionException ex) {
			return full.get();
		}
	}

	/**
	 * Return how many calls wait.
	 * @return their number
	 */
	public int waiting() {
		return this.threads.getActiveCount();
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
