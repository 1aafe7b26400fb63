package io.github.x402sessions.spring.answers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.x402sessions.core.payment.SettlementThreads;
import io.github.x402sessions.core.purchase.AnswersUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases that this instance has: renews them three times in the life of one, and
 * tells the backend what it has not taken before: how a purchase ended, or that nobody
 * wants an identifier any more. Thread-safe.
 */
final class HeldLeases implements AutoCloseable {

	/** How many times as long as a request it waits. */
	static final int PATIENCE = 3;

	private static final Logger logger = LoggerFactory.getLogger(HeldLeases.class);

	/** How many leases are renewed in one go. */
	private static final int BATCH = 500;

	/** How many leases may wait to be freed; those beyond it end by themselves. */
	private static final int MAX_UNWANTED = 10_000;

	private static final Duration CLEANING = Duration.ofMinutes(1);

	/** The pause between attempts to tell what was not taken. */
	private static final Duration TELLING = Duration.ofMillis(500);

	private final Map<String, Held> held = new ConcurrentHashMap<>();

	private final Map<String, Unwanted> unwanted = new ConcurrentHashMap<>();

	private final AnswerBackend backend;

	private final Caller caller;

	private final AnswerFigures figures;

	private final long retention;

	private final long maxWaiting;

	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(3,
			(task) -> SettlementThreads.daemon(task, "x402-answers-leases"));

	HeldLeases(AnswerBackend backend, Caller caller, AnswerFigures figures, Duration lease, Duration retention,
			long maxWaiting) {
		this.backend = backend;
		this.caller = caller;
		this.figures = figures;
		this.retention = retention.toNanos();
		this.maxWaiting = maxWaiting;
		figures.follow(this.held::size, () -> this.held.values().stream().filter(Held::waits).count());
		long pause = Math.max(1, lease.toMillis() / 3);
		repeat(this::renew, pause);
		repeat(this::catchUp, Math.min(pause, TELLING.toMillis()));
		long cleaning = Math.min(CLEANING.toMillis(), retention.toMillis());
		repeat(this::clean, cleaning);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // what fails is logged, and tried again
	private void repeat(Runnable action, long pause) {
		this.clock.scheduleWithFixedDelay(() -> quietly(action), pause, pause, TimeUnit.MILLISECONDS);
	}

	void hold(AnswerBackend.Lease lease) {
		this.held.put(lease.token(), new Held(lease, null, System.nanoTime()));
	}

	void letGo(AnswerBackend.Lease lease) {
		this.held.remove(lease.token());
	}

	/**
	 * Tell the backend later how a purchase ended; the lease stands until then.
	 * @return {@code false} if that is more than may wait
	 */
	boolean keepFor(AnswerBackend.Lease lease, AnswerEntry end) {
		long waiting = this.held.values().stream().filter(Held::waits).mapToLong(Held::size).sum();
		if (waiting + end.details().length > this.maxWaiting) {
			return false;
		}
		this.held.put(lease.token(), new Held(lease, end, System.nanoTime()));
		return true;
	}

	/**
	 * Free an identifier later that may have been claimed for a request which has not
	 * waited for it, and leave what was known of it: the claim may have its effect only
	 * now, where a driver has kept it for a backend that was away.
	 */
	void giveBackLater(AnswerBackend.Lease lease) {
		free(lease, () -> this.backend.giveBack(lease.key(), lease.token()));
	}

	/** Forget an identifier later that was claimed for nothing. */
	void releaseLater(AnswerBackend.Lease lease) {
		free(lease, () -> this.backend.release(lease.key(), lease.token()));
	}

	private void free(AnswerBackend.Lease lease, Runnable step) {
		if (this.unwanted.size() < MAX_UNWANTED) {
			this.unwanted.put(lease.token(), new Unwanted(step, System.nanoTime()));
		}
	}

	/** The backend is back. */
	void soon() {
		soon(this::renew);
		soon(this::catchUp);
	}

	void soon(Runnable call) {
		try {
			this.clock.execute(() -> quietly(call));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Leases are not renewed any more", ex);
		}
	}

	private void catchUp() {
		free();
		tell();
	}

	/** One batch that fails, and is tried again the next time, ends no other's leases. */
	private void renew() {
		List<AnswerBackend.Lease> leases = this.held.values().stream().map(Held::lease).toList();
		for (int i = 0; i < leases.size(); i += BATCH) {
			List<AnswerBackend.Lease> some = leases.subList(i, Math.min(i + BATCH, leases.size()));
			quietly(() -> renew(some));
		}
	}

	private void renew(List<AnswerBackend.Lease> some) {
		Set<String> gone = this.caller.call(() -> this.backend.renew(some));
		gone.stream().filter(this::isLost).forEach((token) -> this.figures.lost());
	}

	/** Whether an end that is still to be told comes too late turns out by telling it. */
	private boolean isLost(String token) {
		Held known = this.held.get(token);
		return known != null && !known.waits() && this.held.remove(token, known);
	}

	/** What is too old is forgotten by the backend too. */
	private void free() {
		this.unwanted.values().removeIf((each) -> System.nanoTime() - each.since() > this.retention);
		Map.copyOf(this.unwanted).forEach((token, each) -> {
			this.caller.call(() -> {
				each.step().run();
				return true;
			});
			this.unwanted.remove(token);
		});
	}

	/** One that is too old is of use to nobody. */
	private void tell() {
		for (Held each : List.copyOf(this.held.values())) {
			AnswerEntry end = each.end();
			if (end == null) {
				continue;
			}
			boolean late = System.nanoTime() - each.since() > this.retention;
			if (!late
					&& !this.caller.call(() -> this.backend.conclude(each.lease().key(), each.lease().token(), end))) {
				this.figures.lost();
			}
			this.held.remove(each.lease().token(), each);
		}
	}

	private void clean() {
		this.caller.call(() -> {
			this.backend.clean();
			return true;
		});
	}

	/** It is tried again the next time. */
	private static void quietly(Runnable action) {
		try {
			action.run();
		}
		catch (AnswersUnavailableException ex) {
			logger.debug("Leases are not renewed", ex);
		}
		catch (RuntimeException ex) {
			logger.error("Leases are not renewed", ex);
		}
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		if (this.held.values().stream().anyMatch(Held::waits)) {
			quietly(this::tell);
		}
	}

	/** Calls the backend, for as long as nobody waits for it. */
	@FunctionalInterface
	interface Caller {

		<T> T call(Supplier<T> call);

	}

	/**
	 * A lease that nobody wants.
	 *
	 * @param step frees its identifier
	 * @param since when that was, as of {@link System#nanoTime()}
	 */
	private record Unwanted(Runnable step, long since) {
	}

	/**
	 * A lease.
	 *
	 * @param lease the lease
	 * @param end how its purchase ended, as far as the backend was not told
	 * @param since when that was, as of {@link System#nanoTime()}
	 */
	private record Held(AnswerBackend.Lease lease, @Nullable AnswerEntry end, long since) {

		boolean waits() {
			return this.end != null;
		}

		long size() {
			return (this.end != null) ? this.end.details().length : 0;
		}

	}

}
