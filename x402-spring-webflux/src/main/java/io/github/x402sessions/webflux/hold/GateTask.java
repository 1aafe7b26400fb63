package io.github.x402sessions.webflux.hold;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A call that waits for a thread and then blocks it. If its subscriber goes before it has
 * begun, it never does, and leaves its place in the queue; if the subscriber goes later,
 * somebody else hears what came of it.
 */
final class GateTask<T> implements Runnable {

	private final Callable<T> call;

	private final MonoSink<T> sink;

	private final AtomicBoolean heard;

	private final Consumer<T> unheard;

	private volatile boolean cancelled;

	private GateTask(Callable<T> call, MonoSink<T> sink, AtomicBoolean heard, Consumer<T> unheard) {
		this.call = call;
		this.sink = sink;
		this.heard = heard;
		this.unheard = unheard;
	}

	/** What it passes on is heard on its own thread, before it goes on. */
	static <T> Mono<T> on(ThreadPoolExecutor executor, Callable<T> call, Consumer<T> unheard) {
		return Mono.defer(() -> {
			AtomicBoolean heard = new AtomicBoolean();
			return Mono.<T>create((sink) -> new GateTask<>(call, sink, heard, unheard).enter(executor))
				.doOnNext((outcome) -> heard.set(true));
		});
	}

	private void enter(ThreadPoolExecutor executor) {
		this.sink.onCancel(() -> {
			this.cancelled = true;
			executor.remove(this);
		});
		try {
			executor.execute(this);
		}
		catch (RejectedExecutionException ex) {
			this.sink.error(ex);
		}
	}

	@Override
	public void run() {
		if (this.cancelled) {
			return;
		}
		T outcome;
		try {
			outcome = this.call.call();
		}
		catch (Throwable ex) {
			this.sink.error(ex);
			return;
		}
		this.sink.success(outcome);
		if (!this.heard.get()) {
			this.unheard.accept(outcome);
		}
	}

}
