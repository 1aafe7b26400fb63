package io.github.x402sessions.facilitator.schedule;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CleaningTests {

	private static final int KEPT_IN_A_SECOND = 2_000;

	@Test
	void forgetsEvidenceFasterThanASettlingNodeKeepsIt() throws Exception {
		CountDownLatch twoSeconds = new CountDownLatch(2 * KEPT_IN_A_SECOND / EvidenceRepository.FORGOTTEN_AT_ONCE);
		try (Cleaning cleaning = new Cleaning("cleaning", () -> {
			twoSeconds.countDown();
			return true;
		})) {
			cleaning.start();
			assertThat(twoSeconds.await(2, TimeUnit.SECONDS)).isTrue();
		}
	}

}
