package io.github.x402sessions.facilitator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Callers of all nodes who begin at once.
 */
public final class Burst {

	private Burst() {
	}

	/**
	 * Let callers try something again and again.
	 * @param nodes the nodes
	 * @param callers how many callers each node has
	 * @param times how often each of them tries
	 * @param call what they try, and whether they could
	 * @return how often they could, all together
	 */
	public static <T> long of(List<T> nodes, int callers, int times, Predicate<T> call) throws Exception {
		int all = nodes.size() * callers;
		ExecutorService threads = Executors.newFixedThreadPool(all);
		try {
			CyclicBarrier start = new CyclicBarrier(all);
			List<Future<Long>> results = new ArrayList<>();
			for (int i = 0; i < all; i++) {
				T node = nodes.get(i % nodes.size());
				results.add(threads.submit(() -> {
					start.await();
					long could = 0;
					for (int time = 0; time < times; time++) {
						could += call.test(node) ? 1 : 0;
					}
					return could;
				}));
			}
			return sum(results);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static long sum(List<Future<Long>> results) throws ExecutionException, InterruptedException {
		long sum = 0;
		for (Future<Long> result : results) {
			sum += result.get();
		}
		return sum;
	}

}
