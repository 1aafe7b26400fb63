package io.github.x402sessions.facilitator.config;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AdminPropertiesTests {

	private static final String HASH = "aa".repeat(32);

	private static final String OTHER = "bb".repeat(32);

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "a b", "a\nb" })
	void operatorHasAName(String name) {
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(() -> new OperatorProperties(name, HASH))
			.withMessageStartingWith("facilitator.admin.operators[].name ");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "a-credential-itself" })
	void operatorIsKnownByAHash(String hash) {
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> new OperatorProperties("alice", hash))
			.withMessage("facilitator.admin.operators[].hash is not a SHA-256");
	}

	@Test
	void nobodyIsConfusedWithAnother() {
		OperatorProperties alice = new OperatorProperties("alice", HASH);
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> new AdminProperties(List.of(alice, new OperatorProperties("alice", OTHER))))
			.withMessageStartingWith("facilitator.admin.operators[].name ");
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(
				() -> new AdminProperties(List.of(alice, new OperatorProperties("bob", HASH.toUpperCase(Locale.ROOT)))))
			.withMessageStartingWith("facilitator.admin.operators[].hash ");
		assertThat(new AdminProperties(List.of(alice, new OperatorProperties("bob", OTHER))).operators()).hasSize(2);
	}

}
