package io.github.x402sessions.stellar.rpc;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Bounds all the calls that a thread makes to a node while it works on one thing, where
 * each call's own bound would add up to more than there is time.
 */
public final class CallDeadline {

	private static final ThreadLocal<@Nullable Long> END = new ThreadLocal<>();

	private CallDeadline() {
	}

	/**
	 * Do something whose calls have to end in time.
	 * @param <T> what comes of it
	 * @param deadline how long they may take together
	 * @param work what is done
	 * @return what came of it
	 * @throws RpcException if a call has no time left
	 */
	public static <T> T within(Duration deadline, Supplier<T> work) {
		Long before = END.get();
		END.set(System.nanoTime() + deadline.toNanos());
		try {
			return work.get();
		}
		finally {
			if (before != null) {
				END.set(before);
			}
			else {
				END.remove();
			}
		}
	}

	/**
	 * Return how long the current thread's next call may take.
	 * @throws RpcException if there is no time left
	 */
	public static Duration bound(Duration timeout) {
		Long end = END.get();
		if (end == null) {
			return timeout;
		}
		Duration left = Duration.ofNanos(end - System.nanoTime());
		if (left.toMillis() <= 0) {
			throw RpcException.ofTheCall("there is no time left to ask the Stellar RPC");
		}
		return (left.compareTo(timeout) < 0) ? left : timeout;
	}

}
