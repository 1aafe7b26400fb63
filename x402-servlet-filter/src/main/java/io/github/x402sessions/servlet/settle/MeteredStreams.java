package io.github.x402sessions.servlet.settle;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.gate.SettlementOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one filter whose payments are held: ends those whose holds are about to
 * lapse, and all of them when the filter ends. What they have used is settled on threads
 * of its own, so that a facilitator that does not answer is asked again for as long as
 * its hold lasts without holding an answer up. The threads are daemons and end when idle.
 * All methods are thread-safe.
 */
final class MeteredStreams {

	private static final Logger logger = LoggerFactory.getLogger(MeteredStreams.class);

	/** Time to be heard by a facilitator that has to be asked again. */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	/** How long the end of an answer waits, so that its client finds the final amount. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/** How long the end of a filter waits for all of its streams. */
	private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

	private static final int THREADS = 64;

	private static final int IDLE_SECONDS = 30;

	private final Set<MeteredStream> open = ConcurrentHashMap.newKeySet();

	private final Executor conclusions;

	private final ScheduledThreadPoolExecutor deadlines;

	MeteredStreams() {
		ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> daemon(task, "x402-conclusion"));
		threads.allowCoreThreadTimeOut(true);
		this.conclusions = threads;
		this.deadlines = new ScheduledThreadPoolExecutor(1, (task) -> daemon(task, "x402-hold-deadlines"));
		this.deadlines.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.deadlines.allowCoreThreadTimeOut(true);
		this.deadlines.setRemoveOnCancelPolicy(true);
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * A stream begins.
	 * @param buffer how much its container keeps before it sends it, bytes
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the stream's end is kept elsewhere
	MeteredStream begin(Charge charge, HoldOutcome.Held held, int buffer) {
		MeteredStream stream = new MeteredStream(charge, held, this, buffer);
		this.open.add(stream);
		ScheduledFuture<?> deadline = this.deadlines.schedule(() -> stream.conclude(false),
				timeToStream(held.until()).toMillis(), TimeUnit.MILLISECONDS);
		stream.end().whenComplete((outcome, failure) -> deadline.cancel(false));
		return stream;
	}

	/** All but the last minute, or the last quarter of a shorter hold. */
	private static Duration timeToStream(Instant until) {
		Duration left = Duration.between(Instant.now(), until);
		Duration margin = left.dividedBy(4);
		return left.minus((margin.compareTo(MARGIN) < 0) ? margin : MARGIN);
	}

	/** A stream has ended, and what it has used is to be settled. */
	void ending(MeteredStream stream, Supplier<@Nullable SettlementOutcome> settlement) {
		this.conclusions.execute(() -> {
			try {
				stream.end().complete(settlement.get());
			}
			catch (RuntimeException | Error ex) {
				logger.error("What a stream has used could not be settled", ex);
				stream.end().completeExceptionally(ex);
			}
			finally {
				this.open.remove(stream);
			}
		});
	}

	/** Wait for a settlement, but not for long. */
	void await(CompletableFuture<?> settlement) {
		await(settlement, PATIENCE);
	}

	private static void await(CompletableFuture<?> settlement, Duration patience) {
		try {
			settlement.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("The settlement of a stream goes on without its answer", ex);
		}
	}

	/** End all streams: what has left until now is settled, and nothing more charged. */
	void conclude() {
		Set<MeteredStream> ending = Set.copyOf(this.open);
		ending.forEach((stream) -> stream.conclude(false));
		await(CompletableFuture.allOf(ending.stream().map(MeteredStream::end).toArray(CompletableFuture[]::new)),
				LAST_PATIENCE);
	}

}
