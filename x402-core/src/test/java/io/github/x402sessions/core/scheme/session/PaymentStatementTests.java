package io.github.x402sessions.core.scheme.session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PaymentStatementTests {

	@Test
	void writesOneLineForEachPart() {
		assertThat(statement("https://shop.example/quote?of=x", 1_800_000_000L).text()).isEqualTo("""
				x402-session-payment:v1
				stellar:testnet
				CASSET
				GPAYTO
				1000
				abcd
				GET
				https://shop.example/quote?of=x
				pay_0123456789abcdef
				1800000000
				47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "https://shop.example/a b", "https://shop.example/a\nGET",
			"https://shop.example/\u00e4", "https://shop.example/\u007f" })
	void refusesAPartThatCouldBeReadAsTwo(String resource) {
		assertThatIllegalArgumentException().isThrownBy(() -> statement(resource, 1)).withMessageContaining("resource");
	}

	@Test
	void refusesAResourceThatIsTooLong() {
		assertThat(statement("h".repeat(2048), 1).resource()).hasSize(2048);
		assertThatIllegalArgumentException().isThrownBy(() -> statement("h".repeat(2049), 1))
			.withMessageContaining("2048");
		assertThatIllegalArgumentException().isThrownBy(() -> statement("h", -1)).withMessageContaining("validUntil");
	}

	private static PaymentStatement statement(String resource, long validUntil) {
		return new PaymentStatement("stellar:testnet", "CASSET", "GPAYTO", "1000", "abcd", "GET", resource,
				"pay_0123456789abcdef", validUntil, BodyHash.EMPTY);
	}

}
