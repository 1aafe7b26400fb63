package io.github.x402sessions.webflux.hold;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.x402sessions.core.payment.SettlementThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The threads that wait for facilitators and stores, so that no event loop does. Asking
 * for payments, deciding on them and settling have threads of their own each, as many as
 * may wait at a time, and a queue of limited length; what finds no place in it is refused
 * with {@link RejectedExecutionException}. What nobody waits for any more is not begun;
 * what is begun is never interrupted: money may be moving. Whatever ends an exchange has
 * threads that refuse nothing, and waits for no settlement. Thread-safe.
 */
public final class GateThreads {

	private static final Logger logger = LoggerFactory.getLogger(GateThreads.class);

	/** What needs no payment waits for listeners alone. */
	private static final int ADMISSIONS = 16;

	private final ThreadPoolExecutor admissions;

	private final ThreadPoolExecutor decisions;

	private final ThreadPoolExecutor settlements;

	private final Executor ends = SettlementThreads.ofStreams();

	/**
	 * Create the threads; none runs before it is needed.
	 * @param decisions how many payments may be decided on at a time, 1 or more
	 * @param settlements how many may be settled at a time, 1 or more
	 * @param waiting how many more of either may wait, 1 or more
	 */
	public GateThreads(int decisions, int settlements, int waiting) {
		this.admissions = bounded(ADMISSIONS, waiting, "x402-admission");
		this.decisions = bounded(decisions, waiting, "x402-decision");
		this.settlements = bounded(settlements, waiting, "x402-commit");
	}

	private static ThreadPoolExecutor bounded(int threads, int waiting, String name) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(threads, threads, SettlementThreads.IDLE_SECONDS,
				TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), (task) -> SettlementThreads.daemon(task, name));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Ask listeners about a request, or for its payment: no facilitator is waited for.
	 * @param <T> what comes of it
	 * @param admission may block
	 * @return what comes of it
	 */
	public <T> Mono<T> admit(Callable<T> admission) {
		return GateTask.on(this.admissions, admission, (admitted) -> {
		});
	}

	/**
	 * Decide on a payment.
	 * @param <T> what comes of it
	 * @param decision decides, and may block
	 * @param unheard is given what came of it if nobody waits for that any more
	 * @return what comes of it
	 */
	public <T> Mono<T> decide(Callable<T> decision, Consumer<T> unheard) {
		return GateTask.on(this.decisions, decision, unheard);
	}

	/**
	 * Settle.
	 * @param <T> what comes of it
	 * @param settlement settles, and may block
	 * @param unheard is given what came of it if nobody waits for that any more
	 * @return what comes of it
	 */
	public <T> Mono<T> settle(Callable<T> settlement, Consumer<T> unheard) {
		return GateTask.on(this.settlements, settlement, unheard);
	}

	/**
	 * Do what belongs to the end of an exchange; it is done even if nobody waits for it.
	 * @param <T> what comes of it
	 * @param end may block for as long as a store or a listener does, but not for a
	 * settlement
	 * @return what comes of it
	 */
	public <T> Mono<T> end(Callable<T> end) {
		return Mono.fromFuture(() -> {
			CompletableFuture<T> done = new CompletableFuture<>();
			this.ends.execute(() -> complete(done, end));
			return done;
		}, true);
	}

	private static <T> void complete(CompletableFuture<T> done, Callable<T> end) {
		try {
			done.complete(end.call());
		}
		catch (Throwable ex) {
			done.completeExceptionally(ex);
		}
	}

	/**
	 * Do what belongs to the end of an exchange, for which nobody waits.
	 * @param end may block as the {@link #end} does
	 */
	public void later(Runnable end) {
		this.ends.execute(() -> {
			try {
				end.run();
			}
			catch (RuntimeException ex) {
				logger.error("The end of an exchange failed", ex);
			}
		});
	}

	/** The threads of the ends. */
	Executor ends() {
		return this.ends;
	}

}
