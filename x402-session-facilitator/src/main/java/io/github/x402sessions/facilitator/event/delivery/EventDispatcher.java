package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.config.EventProperties;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver of its events, with threads of its own, so that one that hangs holds
 * up nobody else. Only what is being told is in memory. An event is written down as told
 * after it was: at least once, whatever ends in between. Thread-safe.
 */
final class EventDispatcher implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EventDispatcher.class);

	/** A receiver that is dead is tried so often at least. */
	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

	/** What taking an event and writing down what became of it take beside the rest. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	private final EventReceiver receiver;

	private final EventOutbox outbox;

	private final EventProperties.Delivery settings;

	private final RetryPauses pauses;

	private final EventObserver observer;

	private final ExecutorService threads;

	private final PeriodicTask rounds;

	private long nextSweep = System.nanoTime();

	/**
	 * Create it.
	 * @param receiver who is told
	 * @param outbox the events
	 * @param settings when they are told
	 * @param pauses the pauses between attempts
	 * @param observer hears what becomes of events
	 */
	EventDispatcher(EventReceiver receiver, EventOutbox outbox, EventProperties.Delivery settings, RetryPauses pauses,
			EventObserver observer) {
		this.receiver = receiver;
		this.outbox = outbox;
		this.settings = settings;
		this.pauses = pauses;
		this.observer = observer;
		String name = "x402-events-" + receiver.name();
		this.threads = Executors.newFixedThreadPool(receiver.parallel(), (task) -> {
			Thread created = new Thread(task, name);
			created.setDaemon(true);
			return created;
		});
		this.rounds = new PeriodicTask(name, settings.interval(), this::round);
	}

	/** Return the name of the receiver. */
	String receiver() {
		return this.receiver.name();
	}

	/** Subscribe the receiver, and begin. */
	void start() {
		this.outbox.subscribe(this.receiver.name(), this.receiver.types(), this.receiver.recipients());
		this.observer.serves(this.receiver.name());
		this.rounds.start(this.settings.interval());
	}

	/** Tell what is due, and return the pause until the next round. */
	private Duration round() {
		sweep();
		if (!this.receiver.isReady()) {
			return this.settings.interval();
		}
		List<ClaimedEvent> events = this.outbox.claim(this.receiver.name(), this.receiver.parallel(),
				this.receiver.timeout().plus(MARGIN));
		return tell(events) ? Duration.ZERO : this.settings.interval();
	}

	/** Return whether any of them was told. */
	private boolean tell(List<ClaimedEvent> events) {
		try {
			boolean told = false;
			List<Callable<Boolean>> work = events.stream()
				.<Callable<Boolean>>map((event) -> () -> tell(event))
				.toList();
			for (Future<Boolean> one : this.threads.invokeAll(work)) {
				told |= one.get();
			}
			return told;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("it cannot be written down what was told", ex.getCause());
		}
	}

	private boolean tell(ClaimedEvent event) {
		switch (this.receiver.tell(event.event())) {
			case TAKEN -> {
				this.outbox.told(event);
				this.observer.told(event.receiver());
				return true;
			}
			case NOT_TAKEN -> failed(event);
			case GONE -> {
				int count = this.outbox.end(event.receiver());
				this.observer.givenUp(event.receiver(), count);
				logger.error("The webhook {} is gone, as it says itself: {} event(s) are given up, and none is kept"
						+ " for it until a facilitator starts that has it configured", event.receiver(), count);
			}
		}
		return false;
	}

	private void failed(ClaimedEvent event) {
		this.outbox.failed(event, this.pauses.after(event.attempts() + 1),
				this.pauses.upTo(LONGEST_PAUSE).after(event.failures() + 2 - EventOutbox.FAILURES_OF_A_DEAD_RECEIVER));
		this.observer.failed(event.receiver());
	}

	private void sweep() {
		if (System.nanoTime() - this.nextSweep < 0) {
			return;
		}
		Duration pause = Stream.of(BETWEEN_SWEEPS, this.settings.retention().dividedBy(10))
			.min(Duration::compareTo)
			.orElseThrow();
		this.nextSweep = System.nanoTime() + pause.toNanos();
		int count = this.outbox.giveUp(this.receiver.name(), this.settings.retention());
		if (count > 0) {
			this.observer.givenUp(this.receiver.name(), count);
			logger.error("{} event(s) for {} have waited for {} and are given up; 'events resend' sends them again",
					count, this.receiver.name(), this.settings.retention());
		}
	}

	@Override
	public void close() {
		this.rounds.close();
		this.threads.shutdownNow();
	}

}
