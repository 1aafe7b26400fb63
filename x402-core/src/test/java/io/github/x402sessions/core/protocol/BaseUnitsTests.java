package io.github.x402sessions.core.protocol;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Amounts on the wire are digits and nothing else.
 */
class BaseUnitsTests {

	private static final String LARGEST = "9".repeat(39);

	@Test
	void readsWholeNumbersOfUpTo39Digits() {
		assertThat(BaseUnits.read("0")).contains(BigInteger.ZERO);
		assertThat(BaseUnits.read("007")).contains(BigInteger.valueOf(7));
		assertThat(BaseUnits.require(LARGEST, "amount")).isEqualTo(new BigInteger(LARGEST));
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { " 1", "1 ", "-1", "+1", "1.0", "1e3", "0x1", "\u0661", "1\n",
			"1000000000000000000000000000000000000000" })
	void anythingElseIsNone(String text) {
		assertThat(BaseUnits.read(text)).isEmpty();
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> BaseUnits.require(text, "amount"))
			.withMessage("'amount' must be a whole number of base units");
	}

}
