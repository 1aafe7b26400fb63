package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.config.EventProperties;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver of its events, with threads of its own, so that one that hangs holds
 * up nobody else, and a session that fails no other. Only what is being told is in
 * memory. An event is written down as told after it was: at least once, whatever ends in
 * between. Thread-safe.
 */
final class EventDispatcher implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EventDispatcher.class);

	/** A receiver that is dead is tried so often at least. */
	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

	/** What taking an event and writing down what became of it take beside the rest. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	/** So many events of a subject are told before it is the turn of others. */
	private static final int IN_A_TURN = 50;

	private final EventReceiver receiver;

	private final EventOutbox outbox;

	private final EventProperties.Delivery settings;

	private final RetryPauses pauses;

	private final EventObserver observer;

	private final ExecutorService threads;

	private final Semaphore free;

	private final Duration lease;

	private final LogThrottle log = new LogThrottle(Duration.ofMinutes(1));

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
		this.free = new Semaphore(receiver.parallel());
		this.lease = receiver.timeout().plus(MARGIN);
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

	/**
	 * Have what is due told by as many threads as are free, each of which takes the next
	 * subject itself.
	 * @return the pause until the next round
	 */
	private Duration round() {
		sweep();
		while (this.free.tryAcquire()) {
			boolean busy = false;
			try {
				Optional<ClaimedEvent> first = claim();
				if (first.isPresent()) {
					this.threads.execute(() -> work(first.get()));
					busy = true;
				}
			}
			finally {
				if (!busy) {
					this.free.release();
				}
			}
			if (!busy) {
				break;
			}
		}
		return this.settings.interval();
	}

	private Optional<ClaimedEvent> claim() {
		return this.receiver.isReady() ? this.outbox.claim(this.receiver.name(), this.lease) : Optional.empty();
	}

	private void work(ClaimedEvent first) {
		try {
			Optional<ClaimedEvent> next = Optional.of(first);
			while (next.isPresent() && !this.threads.isShutdown()) {
				tellSubject(next.get());
				next = claim();
			}
		}
		catch (RuntimeException ex) {
			this.log.log("work",
					(skipped) -> logger
						.warn("It cannot be read what {} is to be told, or not be written down what it was told"
								+ " ({} more since the last time)", this.receiver.name(), skipped, ex));
		}
		finally {
			this.free.release();
		}
	}

	/** One event of the subject after the other, until it is the turn of others. */
	private void tellSubject(ClaimedEvent first) {
		Optional<ClaimedEvent> next = Optional.of(first);
		for (int turn = 1; next.isPresent(); turn++) {
			ClaimedEvent event = next.get();
			next = switch (tell(event)) {
				case TAKEN -> taken(event, turn < IN_A_TURN && this.receiver.isReady() && !this.threads.isShutdown());
				case NOT_TAKEN -> failed(event);
				case GONE -> gone(event.receiver());
			};
		}
	}

	/** Whatever a receiver throws is an attempt that has failed. */
	private EventReceiver.Reaction tell(ClaimedEvent event) {
		try {
			return this.receiver.tell(event.event());
		}
		catch (RuntimeException ex) {
			this.log.log("tell", (skipped) -> logger
				.error("{} cannot be told of an event ({} more since the last time)", event.receiver(), skipped, ex));
			return EventReceiver.Reaction.NOT_TAKEN;
		}
	}

	private Optional<ClaimedEvent> taken(ClaimedEvent event, boolean more) {
		Optional<ClaimedEvent> next = Optional.empty();
		if (more) {
			next = this.outbox.toldAndNext(event, this.lease);
		}
		else {
			this.outbox.told(event);
		}
		this.observer.told(event.receiver());
		return next;
	}

	private Optional<ClaimedEvent> gone(String receiver) {
		int count = this.outbox.end(receiver);
		this.observer.givenUp(receiver, count);
		logger.error("The webhook {} is gone, as it says itself: {} event(s) are given up, and none is kept"
				+ " for it until a facilitator starts that has it configured", receiver, count);
		return Optional.empty();
	}

	private Optional<ClaimedEvent> failed(ClaimedEvent event) {
		this.outbox.failed(event, this.pauses.after(event.attempts() + 1),
				this.pauses.upTo(LONGEST_PAUSE).after(event.failures() + 2 - EventOutbox.FAILURES_OF_A_DEAD_RECEIVER));
		this.observer.failed(event.receiver());
		return Optional.empty();
	}

	private void sweep() {
		if (System.nanoTime() - this.nextSweep < 0) {
			return;
		}
		Duration pause = Stream.of(BETWEEN_SWEEPS, this.settings.retention().dividedBy(10))
			.min(Duration::compareTo)
			.orElseThrow();
		this.nextSweep = System.nanoTime() + pause.toNanos();
		this.outbox.keepSubscribed(this.receiver.name(), this.receiver.types(), this.receiver.recipients());
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
