package io.github.x402sessions.core.protocol;

import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PaymentHeaderTests {

	private static final String JSON = "{\"isValid\":true,\"payer\":\"ÿþ??>\"}";

	@Test
	void writesStandardBase64WithPadding() {
		String header = PaymentHeader.encode(VerifyResponse.valid("x"));
		assertThat(Base64.getDecoder().decode(header)).asString(UTF_8).isEqualTo("{\"isValid\":true,\"payer\":\"x\"}");
		assertThat(header.length() % 4).isZero();
	}

	@Test
	void readsStandardAndUrlSafeWithAndWithoutPadding() {
		byte[] bytes = JSON.getBytes(UTF_8);
		for (Base64.Encoder encoder : new Base64.Encoder[] { Base64.getEncoder(), Base64.getUrlEncoder(),
				Base64.getEncoder().withoutPadding(), Base64.getUrlEncoder().withoutPadding() }) {
			assertThat(PaymentHeader.decode(encoder.encodeToString(bytes), VerifyResponse.class, 1000).payer())
				.isEqualTo("ÿþ??>");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "not base64!", "e30=e30=", "eyJ", "AAAA", "bnVsbA==" })
	void refusesGarbage(String header) {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> PaymentHeader.decode(header, PaymentPayload.class, 1000));
	}

	@Test
	void refusesLongHeadersBeforeDecodingThem() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> PaymentHeader.decode("!".repeat(8193), PaymentPayload.class, 8192))
			.withMessageContaining("longer than 8192");
	}

}
