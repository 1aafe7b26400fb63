package io.github.x402sessions.core.scheme.session;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionKeyTests {

	@Test
	void readsWhatItWrites() {
		SessionKey key = SessionKey.parse("D3YIeDSJaEwEcmABWVY45SWMLtC9s9GNnjRT6ou0WK0=");
		assertThat(key).hasToString("D3YIeDSJaEwEcmABWVY45SWMLtC9s9GNnjRT6ou0WK0");
		assertThat(SessionKey.parse(key.toString())).isEqualTo(key).hasSameHashCodeAs(key);
		assertThat(SessionKey.of(key.toBytes())).isEqualTo(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000000000000000000000000000000000000000000000000000000000000",
			"0100000000000000000000000000000000000000000000000000000000000080",
			"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
			"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
			"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" })
	void refusesPointsOfSmallOrder(String point) {
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(HexFormat.of().parseHex(point)))
			.withMessageContaining("small order");
	}

	@ParameterizedTest
	@ValueSource(strings = { "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
			"f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" })
	void refusesASecondSpellingOfAPoint(String point) {
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(HexFormat.of().parseHex(point)))
			.withMessageContaining("shortest form");
	}

	@Test
	void refusesWhatIsNoPoint() {
		byte[] noPoint = new byte[32];
		noPoint[0] = 2;

		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(noPoint))
			.withMessageContaining("point of the curve");
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.of(new byte[31]))
			.withMessageContaining("32 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.parse("*"));
	}

}
