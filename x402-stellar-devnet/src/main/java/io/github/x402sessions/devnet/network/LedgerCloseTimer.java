package io.github.x402sessions.devnet.network;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.devnet.fault.plan.FaultPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a ledger at every interval, until it is stopped.
 */
public final class LedgerCloseTimer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(LedgerCloseTimer.class);

	/** The pause between two looks at what waits, milliseconds. */
	private static final long LOOK = 1000;

	private final ScheduledExecutorService timer;

	private final Future<?> ticking;

	private final Future<?> looking;

	private LedgerCloseTimer(ScheduledExecutorService timer, Future<?> ticking, Future<?> looking) {
		this.timer = timer;
		this.ticking = ticking;
		this.looking = looking;
	}

	/**
	 * Starts a clock.
	 * @param interval the time between ledgers; zero for none, then ledgers close by hand
	 */
	public static LedgerCloseTimer start(LocalNetwork network, FaultPlan faults, Duration interval) {
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "stellar-devnet-clock");
			thread.setDaemon(true);
			return thread;
		});
		Future<?> ticking = interval.isZero() ? CompletableFuture.completedFuture(null) : timer.scheduleAtFixedRate(
				() -> tick(network, faults), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
		StallDetector watch = interval.isZero()
				? new StallDetector(network, () -> true,
						"close it with closeLedger(), or start the network with a ledger interval (@DevnetTest has one "
								+ "by default)")
				: new StallDetector(network, faults::closingPaused,
						"closing is paused, which faults().resumeClosing() ends");
		return new LedgerCloseTimer(timer, ticking,
				timer.scheduleWithFixedDelay(watch, LOOK, LOOK, TimeUnit.MILLISECONDS));
	}

	private static void tick(LocalNetwork network, FaultPlan faults) {
		if (faults.closingPaused()) {
			return;
		}
		try {
			log.debug("Closed ledger {}", network.close().sequence());
		}
		catch (RuntimeException ex) {
			log.error("A ledger could not be closed", ex);
		}
	}

	@Override
	public void close() {
		this.ticking.cancel(false);
		this.looking.cancel(false);
		this.timer.shutdownNow();
	}

}
