package io.github.x402sessions.facilitator.schedule;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.github.x402sessions.facilitator.session.evidence.EvidenceRepository;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is old is forgotten soon where there is much of it, and looked for seldom
 * otherwise.
 */
class CleaningTests {

	private static final long KEPT_IN_A_SECOND = 2_000;

	@Test
	void forgetsEvidenceFasterThanASettlingNodeKeepsIt() {
		Duration kept = Duration.ofSeconds(1)
			.multipliedBy(EvidenceRepository.FORGOTTEN_AT_ONCE)
			.dividedBy(KEPT_IN_A_SECOND);
		assertThat(pauseAfter(() -> true).multipliedBy(2)).as("half of the time is for the rounds themselves")
			.isLessThanOrEqualTo(kept);
	}

	@Test
	void whatIsGoneOrCannotBeForgottenNowIsLookedForLater() {
		assertThat(pauseAfter(() -> false)).isEqualTo(Duration.ofHours(1));
		assertThat(pauseAfter(() -> {
			throw new DataRetrievalFailureException("short");
		})).isEqualTo(Duration.ofHours(1));
	}

	private static Duration pauseAfter(BooleanSupplier round) {
		try (Cleaning cleaning = new Cleaning("cleaning", round)) {
			return cleaning.clean();
		}
	}

}
