package io.github.x402sessions.facilitator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.fixtures.Eventually;

/**
 * Calls that are made at once.
 *
 * @param <T> what comes of one
 */
final class Parallel<T> {

	private final List<CompletableFuture<T>> calls = new ArrayList<>();

	static <T> Parallel<T> start(int count, Callable<T> call) {
		Parallel<T> parallel = new Parallel<>();
		for (int i = 0; i < count; i++) {
			CompletableFuture<T> result = new CompletableFuture<>();
			parallel.calls.add(result);
			Thread thread = new Thread(() -> complete(result, call));
			thread.setDaemon(true);
			thread.start();
		}
		return parallel;
	}

	private static <T> void complete(CompletableFuture<T> result, Callable<T> call) {
		try {
			result.complete(call.call());
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
	}

	/** Return how many have ended. */
	long done() {
		return this.calls.stream().filter(CompletableFuture::isDone).count();
	}

	List<T> results() throws Exception {
		List<T> results = new ArrayList<>();
		for (CompletableFuture<T> call : this.calls) {
			results.add(Eventually.resultOf(call));
		}
		return results;
	}

}
