package io.github.x402sessions.facilitator.operations;

import java.time.Duration;

import io.github.x402sessions.facilitator.deferred.redemption.RedemptionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.dao.DataRetrievalFailureException;

import static org.assertj.core.api.Assertions.assertThat;

class RedemptionHealthTests {

	@ParameterizedTest
	@CsvSource({ "false,true,UP", "true,true,DOWN", "false,false,DOWN", "true,false,DOWN" })
	void isUpWhileNothingIsLateAndLumensSuffice(boolean late, boolean lumens, String status) {
		Health health = new RedemptionHealth(() -> new RedemptionState(Duration.ofSeconds(90), late, lumens)).health();
		assertThat(health.getStatus().getCode()).isEqualTo(status);
		assertThat(health.getDetails()).containsEntry("oldestSeconds", 90L)
			.containsEntry("late", late)
			.containsEntry("lumensSuffice", lumens);
	}

	@Test
	void booksThatCannotBeReadAreDown() {
		Health health = new RedemptionHealth(() -> {
			throw new DataRetrievalFailureException("no books");
		}).health();
		assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
	}

}
