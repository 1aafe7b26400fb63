package io.github.x402sessions.facilitator.session.registration;

import java.time.Duration;

import io.github.x402sessions.stellar.rpc.Polling;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryWindowTests {

	private static final Polling POLLING = new Polling(Duration.ofMillis(1));

	@Test
	void thereIsAnotherAttemptUntilTheTimeIsOver() {
		assertThat(new RetryWindow(Duration.ofMinutes(1), POLLING).again()).isTrue();
		assertThat(new RetryWindow(Duration.ZERO, POLLING).again()).isFalse();
		RetryWindow brief = new RetryWindow(Duration.ofMillis(5), POLLING);
		int attempts = 0;
		while (brief.again()) {
			attempts++;
		}
		assertThat(attempts).as("a pause lies between two").isLessThanOrEqualTo(5);
	}

	@Test
	void whoIsInterruptedTriesNoMore() {
		Thread.currentThread().interrupt();
		assertThat(new RetryWindow(Duration.ofMinutes(1), POLLING).again()).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

}
