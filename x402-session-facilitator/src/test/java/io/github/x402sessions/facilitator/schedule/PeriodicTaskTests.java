package io.github.x402sessions.facilitator.schedule;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

/**
 * Nothing that goes wrong in a round keeps the next one from coming.
 */
class PeriodicTaskTests {

	private final CountDownLatch third = new CountDownLatch(3);

	@Test
	void errorDoesNotEndTheRounds() throws InterruptedException {
		try (PeriodicTask rounds = PeriodicTask.every("x402-test", Duration.ofMillis(1), () -> {
			this.third.countDown();
			throw new StackOverflowError("on purpose");
		})) {
			rounds.start(Duration.ZERO);
			Eventually.opens(this.third);
		}
	}

	@Test
	void roundSaysWhenTheNextOneComes() throws InterruptedException {
		try (PeriodicTask rounds = new PeriodicTask("x402-test", Duration.ofHours(1), () -> {
			this.third.countDown();
			return Duration.ofMillis(1);
		})) {
			rounds.start(Duration.ZERO);
			Eventually.opens(this.third);
		}
	}

}
