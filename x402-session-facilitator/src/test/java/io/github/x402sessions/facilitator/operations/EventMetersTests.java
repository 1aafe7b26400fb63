package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import io.github.x402sessions.facilitator.event.delivery.EventOutbox;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operator sees what waits for whom.
 */
class EventMetersTests {

	private static final String PREFIX = "x402.facilitator.events.";

	@Test
	void whatWaitsAndWhatBecameOfItIsMeasuredByReceiver() {
		try (TestDatabase database = TestDatabase.sqlite()) {
			EventOutbox outbox = database.store().events();
			outbox.subscribe("shop", Set.of(EventType.SESSION_OPENED), Set.of());
			outbox.subscribe("other", Set.of(EventType.SESSION_ENDED), Set.of());
			StoredRow.session("k").insert(database.jdbc());
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			EventMeters meters = new EventMeters(registry, recent(outbox));
			meters.serves("shop");
			meters.serves("other");
			assertThat(registry.get(PREFIX + "waiting").tag("receiver", "shop").gauge().value()).isEqualTo(1);
			assertThat(registry.get(PREFIX + "waiting").tag("receiver", "other").gauge().value()).isZero();
			assertThat(registry.get(PREFIX + "oldest").tag("receiver", "shop").gauge().value()).isPositive();
			meters.told("shop");
			meters.failed("shop");
			meters.failed("shop");
			meters.givenUp("shop", 3);
			assertThat(registry.get(PREFIX + "told").tag("receiver", "shop").counter().count()).isEqualTo(1);
			assertThat(registry.get(PREFIX + "failed").tag("receiver", "shop").counter().count()).isEqualTo(2);
			assertThat(registry.get(PREFIX + "given.up").tag("receiver", "shop").counter().count()).isEqualTo(3);
			Health health = new EventHealth(recent(outbox)).health();
			assertThat(health.getStatus()).as("a receiver's illness is not ours").isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsOnlyKeys("shop", "other")
				.hasEntrySatisfying("shop", (detail) -> assertThat(detail).asString().contains("waiting=1"));
			database.jdbc().sql("drop table event_receiver").update();
			assertThat(registry.get(PREFIX + "waiting").tag("receiver", "shop").gauge().value())
				.as("what was read a moment ago")
				.isEqualTo(1);
			SimpleMeterRegistry unread = new SimpleMeterRegistry();
			new EventMeters(unread, recent(outbox)).serves("shop");
			assertThat(unread.get(PREFIX + "waiting").tag("receiver", "shop").gauge().value()).isNaN();
		}
	}

	private static RecentReading<List<EventBacklog>> recent(EventOutbox outbox) {
		return new RecentReading<>(Duration.ofSeconds(15), outbox::backlogs);
	}

}
