package io.github.x402sessions.facilitator.channel;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to the channels at the start and then every few seconds, sooner where something is
 * still wanted, in a thread of its own.
 */
public final class UpkeepRounds implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(UpkeepRounds.class);

	private static final Duration CALM = Duration.ofSeconds(10);

	private static final Duration SOON = Duration.ofSeconds(3);

	private final Upkeep upkeep;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread created = new Thread(task, "x402-channels");
		created.setDaemon(true);
		return created;
	});

	/**
	 * Create the rounds.
	 * @param upkeep what is done
	 */
	public UpkeepRounds(Upkeep upkeep) {
		this.upkeep = upkeep;
	}

	/** Begin. */
	public void start() {
		this.thread.execute(this::round);
	}

	private void round() {
		boolean well = false;
		try {
			well = this.upkeep.run();
		}
		catch (RuntimeException | Error ex) {
			logger.warn("The channel accounts cannot be seen to now: {}", ex.getMessage());
		}
		if (!this.thread.isShutdown()) {
			var unused = this.thread.schedule(this::round, (well ? CALM : SOON).toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

}
