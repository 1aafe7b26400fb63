package io.github.x402sessions.samples.agent.funds;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Makes something once, on a thread of its own, for all who ask meanwhile; and anew for
 * who asks after a failure. Thread-safe.
 *
 * @param <T> the type of what is made
 */
final class Lazily<T> {

	private @Nullable CompletableFuture<T> made;

	synchronized CompletableFuture<T> get(Supplier<T> maker) {
		CompletableFuture<T> last = this.made;
		if (last == null || last.isCompletedExceptionally()) {
			last = CompletableFuture.supplyAsync(maker, (work) -> {
				Thread thread = new Thread(work, "agent-funds");
				thread.setDaemon(true);
				thread.start();
			});
			this.made = last;
		}
		return last;
	}

	/** What is made, if it is. */
	synchronized Optional<T> made() {
		CompletableFuture<T> last = this.made;
		return (last != null && last.isDone() && !last.isCompletedExceptionally()) ? Optional.of(last.join())
				: Optional.empty();
	}

}
