package io.github.x402sessions.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * Repeats one GET on some connections for some seconds, each connection as fast as it is
 * answered, and prints requests per second, the median and the 99th percentile of the
 * time to the first byte of the answer's body in microseconds, and how many answers had
 * another status than the first one.
 */
public final class LoadClient {

	private LoadClient() {
	}

	/**
	 * Run and print one line.
	 * @param args the URL, seconds, connections and, if the requests pay, the value of
	 * their payment header
	 * @throws Exception if the server is not there
	 */
	public static void main(String[] args) throws Exception {
		URI url = URI.create(args[0]);
		long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(args[1]));
		int connections = Integer.parseInt(args[2]);
		String payment = (args.length > 3) ? args[3] : "";
		ExecutorService threads = Executors.newFixedThreadPool(connections);
		try {
			List<Callable<Run>> runs = new ArrayList<>();
			for (int connection = 0; connection < connections; connection++) {
				runs.add(() -> run(url, payment, nanos));
			}
			Histogram all = new Histogram(3);
			long odd = 0;
			for (Future<Run> run : threads.invokeAll(runs)) {
				all.add(run.get().latencies());
				odd += run.get().odd();
			}
			System.out.printf("%.0f %.0f %.0f %d%n", all.getTotalCount() * 1e9 / nanos,
					all.getValueAtPercentile(50) / 1e3, all.getValueAtPercentile(99) / 1e3, odd);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Run run(URI url, String payment, long nanos) throws IOException {
		Histogram latencies = new Histogram(3);
		long odd = 0;
		try (Connection connection = Connection.to(url)) {
			int expected = connection.exchange(payment).status();
			long end = System.nanoTime() + nanos;
			for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
				Connection.Answer answer = connection.exchange(payment);
				latencies.recordValue(answer.firstByteNanos() - now);
				odd += (answer.status() == expected) ? 0 : 1;
			}
		}
		return new Run(latencies, odd);
	}

	private record Run(Histogram latencies, long odd) {
	}

}
