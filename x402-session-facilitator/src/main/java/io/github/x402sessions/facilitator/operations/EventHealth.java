package io.github.x402sessions.facilitator.operations;

import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows what waits for the receivers of events. A receiver that is dead is no illness of
 * the facilitator.
 */
final class EventHealth extends AbstractHealthIndicator {

	private final RecentReading<List<EventBacklog>> backlogs;

	/**
	 * Create it.
	 * @param backlogs what waits
	 */
	EventHealth(RecentReading<List<EventBacklog>> backlogs) {
		super("the events cannot be read");
		this.backlogs = backlogs;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		this.backlogs.get().forEach((one) -> builder.withDetail(one.receiver(), detail(one)));
	}

	private static Map<String, Object> detail(EventBacklog backlog) {
		return Map.of("waiting", backlog.waiting(), "oldestSeconds", backlog.age().toSeconds(), "givenUp",
				backlog.givenUp());
	}

}
