package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Budget}.
 */
class BudgetTests {

	private Instant now = Payers.START;

	private final Budget budget = Budget.of(BigInteger.TEN, Duration.ofMinutes(1), new Clock() {
		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return BudgetTests.this.now;
		}
	});

	@Test
	void sharesComeBackWhenTheirPeriodIsOver() {
		assertThat(take(6)).isTrue();
		this.now = this.now.plusSeconds(30);
		assertThat(take(4)).isTrue();
		assertThat(take(1)).isFalse();
		this.now = this.now.plusSeconds(30);
		assertThat(take(6)).isTrue();
		assertThat(take(1)).isFalse();
	}

	@Test
	void whatWasNeverSentIsGivenBackOnce() {
		Budget.Share share = this.budget.take(BigInteger.TEN).orElseThrow();
		share.giveBack();
		share.giveBack();
		assertThat(take(10)).isTrue();
		assertThat(take(1)).isFalse();
	}

	@Test
	void manyThreadsNeverTakeMoreThanThereIs() {
		long taken = IntStream.range(0, 1000).parallel().filter((i) -> take(1)).count();
		assertThat(taken).isEqualTo(10);
	}

	private boolean take(long amount) {
		return this.budget.take(BigInteger.valueOf(amount)).isPresent();
	}

}
