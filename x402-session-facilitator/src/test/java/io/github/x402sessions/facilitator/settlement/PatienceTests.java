package io.github.x402sessions.facilitator.settlement;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of a caller's time.
 */
class PatienceTests {

	private final Patience patience = new Patience(Duration.ofSeconds(50));

	@Test
	void fifteenOfFiftySecondsAreKeptFromTheLeaseAndTenFromPreparing() {
		assertThat(this.patience.leftForLease()).isBetween(Duration.ofSeconds(34), Duration.ofSeconds(35));
		assertThat(this.patience.leftForPreparing()).isBetween(Duration.ofSeconds(39), Duration.ofSeconds(40));
		assertThat(this.patience.isOver()).isFalse();
	}

	@Test
	void noTimeIsOverAtOnce() {
		assertThat(new Patience(Duration.ZERO).isOver()).isTrue();
		assertThat(new Patience(Duration.ZERO).left()).isZero();
	}

}
