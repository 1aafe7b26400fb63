package io.github.x402sessions.benchmarks.deferred;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that do the same at the same time.
 */
final class Crowd {

	private Crowd() {
	}

	/** Do something as often as said, each in a thread of its own; wait for all. */
	static <T> List<T> of(int count, Task<T> task) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			List<Callable<T>> tasks = new ArrayList<>();
			for (int number = 0; number < count; number++) {
				int own = number;
				tasks.add(() -> task.run(own));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> result : threads.invokeAll(tasks)) {
				results.add(result.get());
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Work of one of them.
	 *
	 * @param <T> what comes of it
	 */
	interface Task<T> {

		T run(int number) throws Exception;

	}

}
