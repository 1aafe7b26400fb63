package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.x402sessions.spring.free.FreeCallCounter;

/**
 * Counts free calls elsewhere, and fails where that takes longer than a limit. What was
 * not answered in time may be counted all the same, so that a caller has fewer free calls
 * then, and never more. Thread-safe.
 */
final class BoundedFreeCalls implements FreeCallCounter, AutoCloseable {

	private final FreeCallCounter counter;

	private final Duration limit;

	private final BoundedCalls calls = new BoundedCalls();

	BoundedFreeCalls(FreeCallCounter counter, Duration limit) {
		this.counter = counter;
		this.limit = limit;
	}

	@Override
	public boolean take(String key, int limit, Instant end) {
		return make(() -> this.counter.take(key, limit, end));
	}

	@Override
	public void giveBack(String key, Instant end) {
		make(() -> {
			this.counter.giveBack(key, end);
			return true;
		});
	}

	private boolean make(Supplier<Boolean> call) {
		try {
			return this.calls.make(this.limit, call);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("no answer within " + this.limit, ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(String.valueOf(ex.getCause()), ex);
		}
	}

	@Override
	public String place() {
		return this.counter.place();
	}

	@Override
	public void close() {
		this.calls.close();
	}

}
