package io.github.x402sessions.facilitator.session.evidence;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EvidenceRetentionTests {

	private static final int KEPT_IN_A_SECOND = 2_000;

	/** As much as is kept in two seconds, and the clock of a busy machine may be slow. */
	private final CountDownLatch backlog = new CountDownLatch(2 * KEPT_IN_A_SECOND);

	@Test
	void forgetsFasterThanASettlingNodeKeeps() throws Exception {
		try (EvidenceRetention retention = new EvidenceRetention(new Backlog(), Duration.ofDays(90))) {
			retention.start();
			assertThat(this.backlog.await(2, TimeUnit.SECONDS)).isTrue();
		}
	}

	/** Of which there is always more. */
	private final class Backlog implements EvidenceRepository {

		@Override
		public void keep(String settlement, PaymentEvidence evidence) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<KeptEvidence> find(String of) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int forget(Duration retention) {
			for (int i = 0; i < FORGOTTEN_AT_ONCE; i++) {
				EvidenceRetentionTests.this.backlog.countDown();
			}
			return FORGOTTEN_AT_ONCE;
		}

	}

}
