package io.github.x402sessions.core.scheme.session;

import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionPayloadTests {

	private final SessionPayload signed = new SessionPayload("token",
			new PaymentSignature("GET", BodyHash.EMPTY, 1_800_000_000L, "c2ln"));

	@Test
	void readsWhatItWrites() {
		assertThat(SessionPayload.read(this.signed.toPayload())).isEqualTo(this.signed);
		assertThat(SessionPayload.read(Map.of("sessionId", "token", "method", "GET")))
			.isEqualTo(new SessionPayload("token", null));
		assertThat(SessionPayload.read(Map.of())).isEqualTo(new SessionPayload("", null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "method", "body", "validUntil", "signature" })
	void refusesASignatureThatIsNotWhole(String member) {
		Map<String, @Nullable Object> payload = new HashMap<>(this.signed.toPayload());
		payload.put(member, true);

		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> SessionPayload.read(payload))
			.withMessageContaining("payload." + member);
	}

	@Test
	void showsNothingThatPays() {
		assertThat(this.signed.toString()).doesNotContain("token").doesNotContain("c2ln");
		assertThat(String.valueOf(this.signed.signature())).doesNotContain("c2ln");
	}

}
