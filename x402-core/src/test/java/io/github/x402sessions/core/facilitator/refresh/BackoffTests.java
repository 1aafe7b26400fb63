package io.github.x402sessions.core.facilitator.refresh;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30), new Random(1));

	@Test
	void doublesUpToTheLimit() {
		assertThat(this.backoff.after(1)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
		assertThat(this.backoff.after(4)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2000));
		assertThat(this.backoff.after(9)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
		assertThat(this.backoff.after(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
	}

	@Test
	void isNotTheSameForEverybody() {
		Set<Duration> waits = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			waits.add(this.backoff.after(8));
		}
		assertThat(waits).hasSizeGreaterThan(10);
	}

}
