package io.github.x402sessions.webflux.hold;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.github.x402sessions.core.settle.PaidHandling;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Has the steps of one exchange towards its commit point, and its end, take turns. No
 * thread waits for another one's step: the end is told to the thread that takes it.
 */
final class CommitTurns {

	private final GateThreads threads;

	private final PaidHandling settlement;

	private boolean busy;

	private boolean over;

	/** The end that came while a step was under way. */
	private @Nullable Runnable next;

	CommitTurns(GateThreads threads, PaidHandling settlement) {
		this.threads = threads;
		this.settlement = settlement;
	}

	/**
	 * Take a step that may ask a facilitator.
	 * @return the end of it; {@link RejectedExecutionException} if it was not begun
	 * because nobody is free
	 */
	Mono<Void> ask(Step step) {
		return this.threads.settle(() -> turn(step), (taken) -> {
		}).then();
	}

	/** Take a step that needs what is known once a settlement under way is over. */
	Mono<Void> go(Step step) {
		return Mono.fromCompletionStage(this.settlement::underWay).then(this.threads.end(() -> turn(step))).then();
	}

	/** Take a step that waits for nobody. */
	Mono<Void> goAtOnce(Step step) {
		return Mono.fromCallable(() -> turn(step)).then();
	}

	private boolean turn(Step step) throws IOException {
		synchronized (this) {
			if (this.over) {
				return false;
			}
			this.busy = true;
		}
		try {
			step.take();
		}
		finally {
			leave();
		}
		return true;
	}

	private void leave() {
		Runnable next;
		synchronized (this) {
			this.busy = false;
			next = this.next;
			this.next = null;
		}
		if (next != null) {
			next.run();
		}
	}

	/**
	 * End after the step that is under way, if any, and once it is known what became of
	 * the money. It is done even if nobody waits for it; no step is begun after it.
	 * @param blocks whether it may wait for a store or a listener
	 * @param end ends the exchange, and returns what is to be over before the rest
	 * @param rest is done then
	 */
	Mono<Void> end(boolean blocks, Supplier<CompletionStage<@Nullable Void>> end, Runnable rest) {
		return Mono.fromFuture(() -> {
			CompletableFuture<Boolean> turn = new CompletableFuture<>();
			if (!isBehindAStep(turn)) {
				turn.complete(true);
			}
			Executor thread = blocks ? this.threads.ends() : Runnable::run;
			return turn.thenCompose((any) -> this.settlement.underWay())
				.thenComposeAsync((any) -> end.get(), thread)
				.handleAsync((any, failure) -> finish(rest, failure), thread)
				.thenCompose((ended) -> ended);
		}, true);
	}

	private synchronized boolean isBehindAStep(CompletableFuture<Boolean> turn) {
		this.over = true;
		if (!this.busy) {
			return false;
		}
		Runnable before = this.next;
		this.next = () -> {
			if (before != null) {
				before.run();
			}
			turn.complete(true);
		};
		return true;
	}

	private static CompletionStage<Void> finish(Runnable rest, @Nullable Throwable failure) {
		rest.run();
		return (failure != null) ? CompletableFuture.failedStage(failure) : CompletableFuture.completedStage(null);
	}

	/** A step towards the commit point. */
	@FunctionalInterface
	interface Step {

		void take() throws IOException;

	}

}
