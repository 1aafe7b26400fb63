package io.github.x402sessions.facilitator.operations;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import io.github.x402sessions.facilitator.event.delivery.EventObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Counts events by what became of them, and measures what waits. Thread-safe.
 *
 * @param registry keeps the figures
 * @param backlogs what waits
 */
record EventMeters(MeterRegistry registry, RecentReading<List<EventBacklog>> backlogs) implements EventObserver {

	private static final String PREFIX = "events.";

	private static final double MILLIS = 1_000;

	/** Counts begin at zero, or the first event that is given up would be no increase. */
	@Override
	public void serves(String receiver) {
		gauge(receiver, "waiting", null, "Events that a receiver was not told of yet, up to " + EventBacklog.MOST,
				(backlog) -> (double) backlog.waiting());
		gauge(receiver, "oldest", "seconds", "How long the oldest of them has waited",
				(backlog) -> backlog.age().toMillis() / MILLIS);
		countTold(receiver, 0);
		countFailed(receiver, 0);
		givenUp(receiver, 0);
	}

	private void gauge(String receiver, String name, @Nullable String unit, String description,
			ToDoubleFunction<EventBacklog> value) {
		LiveGauge.of(PREFIX + name, () -> read(receiver, value))
			.description(description)
			.baseUnit(unit)
			.tag("receiver", receiver)
			.register(this.registry);
	}

	private double read(String receiver, ToDoubleFunction<EventBacklog> value) {
		return this.backlogs.get()
			.stream()
			.filter((backlog) -> backlog.receiver().equals(receiver))
			.mapToDouble(value)
			.findFirst()
			.orElse(0);
	}

	@Override
	public void told(String receiver) {
		countTold(receiver, 1);
	}

	private void countTold(String receiver, int count) {
		count("told", "Events that receivers were told of", receiver, count);
	}

	@Override
	public void failed(String receiver) {
		countFailed(receiver, 1);
	}

	private void countFailed(String receiver, int count) {
		count("failed", "Attempts to tell of an event that have failed", receiver, count);
	}

	@Override
	public void givenUp(String receiver, int count) {
		count("given.up", "Events that receivers were never told of", receiver, count);
	}

	private void count(String name, String description, String receiver, int count) {
		Counter.builder("x402.facilitator." + PREFIX + name)
			.description(description)
			.tag("receiver", receiver)
			.register(this.registry)
			.increment(count);
	}

}
