package io.github.x402sessions.facilitator.session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionEndTests {

	@ParameterizedTest
	@EnumSource
	void whatIsStoredIsReadBack(SessionEnd end) {
		assertThat(SessionEnd.stored(end.reason())).isEqualTo(end);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "of_a_later_version")
	void whatAnotherVersionWroteIsAnEnd(String reason) {
		assertThat(SessionEnd.stored(reason)).isEqualTo(SessionEnd.SUPERSEDED);
	}

	@Test
	void bearerSeesWhetherTheOwnerClosedIt() {
		assertThat(SessionEnd.SUPERSEDED.status()).isEqualTo("superseded");
		assertThat(SessionEnd.UNCOVERED.status()).isEqualTo("superseded");
		assertThat(SessionEnd.CLOSED.status()).isEqualTo("closed");
	}

}
