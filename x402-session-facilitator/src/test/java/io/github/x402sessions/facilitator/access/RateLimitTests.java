package io.github.x402sessions.facilitator.access;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RateLimitTests {

	@Test
	void eachMayDoItSoOftenAtOnceAndIsToldWhenAgain() {
		RateLimit limit = new RateLimit(2);
		limit.require("a");
		limit.require("a");
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> limit.require("a"))
			.satisfies((refusal) -> {
				assertThat(refusal.kind()).isEqualTo(AccessDeniedException.Kind.TOO_OFTEN);
				assertThat(refusal.retryAfter()).isBetween(1L, 30L);
			});
		assertThatCode(() -> limit.require("b")).as("everybody for themselves").doesNotThrowAnyException();
	}

	@Test
	void askingWhetherItIsAllowedCountsNothing() {
		RateLimit limit = new RateLimit(1);
		for (int i = 0; i < 10; i++) {
			assertThat(limit.allows("a")).isTrue();
		}
		assertThat(limit.take("a")).isTrue();
		assertThat(limit.allows("a")).isFalse();
		assertThat(limit.take("a")).isFalse();
	}

	@Test
	void zeroIsNoLimit() {
		RateLimit none = new RateLimit(0);
		for (int i = 0; i < 1_000; i++) {
			none.require("a");
			assertThat(none.take("a")).isTrue();
		}
		assertThat(none.allows("a")).isTrue();
	}

}
