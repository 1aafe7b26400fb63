package io.github.x402sessions.facilitator.drain;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Drain of this node: from one moment on it takes no new work and is not ready, so that a
 * balancer sends none, and what was taken before comes to its end. Another process knows
 * nothing of it, nor does this one after a restart. Thread-safe.
 */
public final class Drain {

	/** Told to whoever comes meanwhile. */
	static final String MESSAGE = "this node takes no new work: another one may, or this one later";

	private static final Logger logger = LoggerFactory.getLogger(Drain.class);

	private final ApplicationEventPublisher events;

	private final AtomicInteger inside = new AtomicInteger();

	private volatile boolean draining;

	/**
	 * Create it.
	 * @param events hear whether this process is ready
	 */
	public Drain(ApplicationEventPublisher events) {
		this.events = events;
	}

	/** Take no new work. */
	public void begin() {
		this.draining = true;
		AvailabilityChangeEvent.publish(this.events, this, ReadinessState.REFUSING_TRAFFIC);
		logger.warn("This node takes no new work");
	}

	/** Take new work again. */
	public void end() {
		this.draining = false;
		AvailabilityChangeEvent.publish(this.events, this, ReadinessState.ACCEPTING_TRAFFIC);
		logger.warn("This node takes new work again");
	}

	/** Tell whether no new work is taken. */
	public boolean isDraining() {
		return this.draining;
	}

	/**
	 * Let new work begin, unless none is taken.
	 * @throws DrainingException if none is taken
	 */
	public void requireTaking() {
		if (this.draining) {
			throw new DrainingException(MESSAGE);
		}
	}

	/** Return how many calls that were taken have not ended. */
	public int inside() {
		return this.inside.get();
	}

	/**
	 * Do new work, unless none is taken.
	 * @param <T> the type of the answer
	 * @param work the work
	 * @return its answer
	 * @throws DrainingException if none is taken
	 */
	public <T> T take(Supplier<T> work) {
		return count(() -> {
			requireTaking();
			return work.get();
		});
	}

	/**
	 * Do what may be new work or may end what was taken before, as it will turn out.
	 * @param <T> the type of the answer
	 * @param work the work, which asks for {@link #requireTaking()} before it begins
	 * anything new
	 * @return its answer
	 */
	public <T> T count(Supplier<T> work) {
		// Counted first: whoever drains and sees nobody inside lets nobody in after that.
		this.inside.incrementAndGet();
		try {
			return work.get();
		}
		finally {
			this.inside.decrementAndGet();
		}
	}

}
