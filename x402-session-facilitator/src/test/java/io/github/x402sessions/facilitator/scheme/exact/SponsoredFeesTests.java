package io.github.x402sessions.facilitator.scheme.exact;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SponsoredFeesTests {

	private final AtomicLong now = new AtomicLong();

	private final SponsoredFees fees = new SponsoredFees(100, 250, 2, new TimeMeter() {

		@Override
		public long currentTimeNanos() {
			return SponsoredFeesTests.this.now.get();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	});

	@Test
	void eachPayerHasItsFeesInADay() {
		assertThat(this.fees.take("GA")).isTrue();
		assertThat(this.fees.take("GA")).isTrue();
		assertThat(this.fees.allows("GA")).isFalse();
		assertThat(this.fees.take("GA")).isFalse();
		assertThat(this.fees.take("GB")).isTrue();
		this.now.addAndGet(Duration.ofDays(1).toNanos());
		assertThat(this.fees.allows("GA")).isTrue();
	}

	@Test
	void whoFailsTooOftenHasNoneForAWhile() {
		this.fees.failed("GA");
		assertThat(this.fees.allows("GA")).isTrue();
		this.fees.failed("GA");
		assertThat(this.fees.allows("GA")).isFalse();
		assertThat(this.fees.take("GA")).isFalse();
		assertThat(this.fees.take("GB")).isTrue();
		this.now.addAndGet(Duration.ofHours(1).toNanos());
		assertThat(this.fees.take("GA")).isTrue();
	}

}
