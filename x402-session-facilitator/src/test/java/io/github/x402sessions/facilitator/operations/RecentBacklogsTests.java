package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.event.delivery.EventBacklog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The books are read once, however many figures are asked for.
 */
class RecentBacklogsTests {

	@Test
	void booksAreReadOnceForAllThatAsk() {
		AtomicInteger reads = new AtomicInteger();
		RecentBacklogs backlogs = new RecentBacklogs(
				() -> List.of(new EventBacklog("shop", reads.incrementAndGet(), Duration.ZERO, 0)));
		for (int i = 0; i < 10; i++) {
			assertThat(backlogs.get()).extracting(EventBacklog::waiting).containsExactly(1L);
		}
		assertThat(reads).hasValue(1);
	}

}
