package io.github.x402sessions.facilitator.operations;

import java.util.function.ToDoubleFunction;

import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import io.github.x402sessions.facilitator.event.delivery.EventObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Counts events by what became of them, and measures what waits. Thread-safe.
 *
 * @param registry keeps the figures
 * @param backlogs what waits
 */
record EventMeters(MeterRegistry registry, RecentBacklogs backlogs) implements EventObserver {

	private static final String PREFIX = "x402.facilitator.events.";

	private static final double MILLIS = 1_000;

	@Override
	public void serves(String receiver) {
		gauge(receiver, "waiting", null, "Events that a receiver was not told of yet, up to " + EventBacklog.MOST,
				(backlog) -> (double) backlog.waiting());
		gauge(receiver, "oldest", "seconds", "How long the oldest of them has waited",
				(backlog) -> backlog.age().toMillis() / MILLIS);
	}

	private void gauge(String receiver, String name, @Nullable String unit, String description,
			ToDoubleFunction<EventBacklog> value) {
		Gauge.builder(PREFIX + name, this.backlogs, (backlogs) -> read(backlogs, receiver, value))
			.description(description)
			.baseUnit(unit)
			.tag("receiver", receiver)
			.strongReference(true)
			.register(this.registry);
	}

	private static double read(RecentBacklogs backlogs, String receiver, ToDoubleFunction<EventBacklog> value) {
		try {
			return backlogs.get()
				.stream()
				.filter((backlog) -> backlog.receiver().equals(receiver))
				.mapToDouble(value)
				.findFirst()
				.orElse(0);
		}
		catch (DataAccessException ex) {
			return Double.NaN;
		}
	}

	@Override
	public void told(String receiver) {
		count("told", "Events that receivers were told of", receiver, 1);
	}

	@Override
	public void failed(String receiver) {
		count("failed", "Attempts to tell of an event that have failed", receiver, 1);
	}

	@Override
	public void givenUp(String receiver, int count) {
		count("given.up", "Events that receivers were never told of", receiver, count);
	}

	private void count(String name, String description, String receiver, int count) {
		Counter.builder(PREFIX + name)
			.description(description)
			.tag("receiver", receiver)
			.register(this.registry)
			.increment(count);
	}

}
