package io.github.x402sessions.facilitator.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.x402sessions.facilitator.logging.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again in a thread of its own. Whatever goes wrong in a round,
 * an error of the machine too, is logged, and the next one comes all the same.
 * Thread-safe.
 */
public final class PeriodicTask implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PeriodicTask.class);

	private static final Duration LONGEST_LEAVE = Duration.ofSeconds(5);

	private final String name;

	private final Duration pause;

	private final Supplier<Duration> round;

	private final ScheduledExecutorService thread;

	private final LogThrottle failures = new LogThrottle(Duration.ofMinutes(1));

	/**
	 * Create rounds whose pauses differ.
	 * @param name the name of their thread
	 * @param pause the pause after a round that has failed
	 * @param round does it, and returns the pause until it is done again
	 */
	public PeriodicTask(String name, Duration pause, Supplier<Duration> round) {
		this.name = name;
		this.pause = pause;
		this.round = round;
		this.thread = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread created = new Thread(task, name);
			created.setDaemon(true);
			return created;
		});
	}

	/**
	 * Create rounds with the same pause between any two.
	 * @param name the name of their thread
	 * @param pause the pause
	 * @param round does it
	 * @return the rounds, which have not begun
	 */
	public static PeriodicTask every(String name, Duration pause, Runnable round) {
		return new PeriodicTask(name, pause, () -> {
			round.run();
			return pause;
		});
	}

	/**
	 * Begin.
	 * @param delay the time until the first round
	 */
	public void start(Duration delay) {
		var unused = this.thread.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void run() {
		Duration next = this.pause;
		try {
			next = this.round.get();
		}
		catch (Throwable ex) {
			this.failures.log(this.name, (skipped) -> logger
				.error("A round of {} has failed ({} more since the last time)", this.name, skipped, ex));
		}
		finally {
			again(next);
		}
	}

	private void again(Duration delay) {
		if (!this.thread.isShutdown()) {
			start(delay);
		}
	}

	/** End the rounds, and wait for a while until one that is on its way has ended. */
	@Override
	public void close() {
		this.thread.shutdownNow();
		try {
			this.thread.awaitTermination(LONGEST_LEAVE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
