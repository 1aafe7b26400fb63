package io.github.x402sessions.facilitator.operations;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RecentReadingTests {

	private final AtomicInteger reads = new AtomicInteger();

	@Test
	void whatIsFreshIsReadOnce() {
		RecentReading<Integer> reading = new RecentReading<>(Duration.ofHours(1), this.reads::incrementAndGet);
		assertThat(reading.get()).isEqualTo(1);
		assertThat(reading.get()).isEqualTo(1);
	}

	@Test
	void whatIsOldIsReadAnew() {
		RecentReading<Integer> reading = new RecentReading<>(Duration.ofNanos(-1), this.reads::incrementAndGet);
		assertThat(reading.get()).isEqualTo(1);
		assertThat(reading.get()).isEqualTo(2);
	}

	@Test
	void whatCannotBeReadIsNotTriedByEachWhoAsks() {
		RecentReading<Integer> reading = new RecentReading<>(Duration.ofHours(1), () -> {
			throw new IllegalStateException("no " + this.reads.incrementAndGet());
		});
		assertThatIllegalStateException().isThrownBy(reading::get).withMessage("no 1");
		assertThatIllegalStateException().isThrownBy(reading::get).withMessage("no 1");
	}

}
