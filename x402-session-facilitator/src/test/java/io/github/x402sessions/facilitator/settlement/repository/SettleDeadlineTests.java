package io.github.x402sessions.facilitator.settlement.repository;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of a caller's time.
 */
class SettleDeadlineTests {

	private final SettleDeadline deadline = new SettleDeadline(Duration.ofSeconds(50));

	@Test
	void fifteenOfFiftySecondsAreKeptFromTheLeaseAndTenFromPreparing() {
		assertThat(this.deadline.leftForLease()).isBetween(Duration.ofSeconds(34), Duration.ofSeconds(35));
		assertThat(this.deadline.leftForPreparing()).isBetween(Duration.ofSeconds(39), Duration.ofSeconds(40));
		assertThat(this.deadline.isOver()).isFalse();
	}

	@Test
	void noTimeIsOverAtOnce() {
		assertThat(new SettleDeadline(Duration.ZERO).isOver()).isTrue();
		assertThat(new SettleDeadline(Duration.ZERO).left()).isZero();
	}

}
