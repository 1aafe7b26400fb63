package io.github.x402sessions.webflux.hold;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.x402sessions.core.payment.SettlementThreads;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The threads that wait for facilitators, so that no event loop does. Deciding and
 * settling have threads of their own each, as many as may wait at a time, and a queue of
 * limited length; what finds no place in it is refused with
 * {@link RejectedExecutionException}. What is begun is never interrupted: money may be
 * moving. Whatever ends an exchange has threads that refuse nothing. Thread-safe.
 */
public final class GateThreads {

	private final Executor decisions;

	private final Executor settlements;

	private final Executor ends = SettlementThreads.ofStreams();

	/**
	 * Create the threads; none runs before it is needed.
	 * @param decisions how many payments may be decided on at a time, 1 or more
	 * @param settlements how many may be settled at a time, 1 or more
	 * @param waiting how many more of either may wait, 1 or more
	 */
	public GateThreads(int decisions, int settlements, int waiting) {
		this.decisions = bounded(decisions, waiting, "x402-decision");
		this.settlements = bounded(settlements, waiting, "x402-commit");
	}

	private static Executor bounded(int threads, int waiting, String name) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(threads, threads, SettlementThreads.IDLE_SECONDS,
				TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), (task) -> SettlementThreads.daemon(task, name));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Decide on a request.
	 * @param <T> what comes of it
	 * @param decision decides, and may block
	 * @param unheard is given what came of it if nobody waits for that any more
	 * @return what comes of it
	 */
	public <T> Mono<T> decide(Callable<T> decision, Consumer<T> unheard) {
		return on(this.decisions, decision, unheard);
	}

	/**
	 * Settle, or wait for a settlement.
	 * @param <T> what comes of it
	 * @param settlement settles, and may block
	 * @return what comes of it
	 */
	public <T> Mono<T> settle(Callable<T> settlement) {
		return on(this.settlements, settlement, (outcome) -> {
		});
	}

	/**
	 * End an exchange; it is ended even if nobody waits for that.
	 * @param end ends it, and may block
	 * @return the end
	 */
	public Mono<Void> end(Runnable end) {
		return Mono.fromFuture(() -> CompletableFuture.runAsync(end, this.ends), true);
	}

	private static <T> Mono<T> on(Executor executor, Callable<T> call, Consumer<T> unheard) {
		return Mono.create((sink) -> {
			AtomicBoolean over = new AtomicBoolean();
			sink.onCancel(() -> over.set(true));
			try {
				executor.execute(() -> run(call, sink, over, unheard));
			}
			catch (RejectedExecutionException ex) {
				sink.error(ex);
			}
		});
	}

	private static <T> void run(Callable<T> call, MonoSink<T> sink, AtomicBoolean over, Consumer<T> unheard) {
		T outcome;
		try {
			outcome = call.call();
		}
		catch (Throwable ex) {
			sink.error(ex);
			return;
		}
		if (over.compareAndSet(false, true)) {
			sink.success(outcome);
		}
		else {
			unheard.accept(outcome);
		}
	}

}
