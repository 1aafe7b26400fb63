package io.github.x402sessions.facilitator.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PaymentRequestReaderTests {

	private static final String NETWORK = "stellar:testnet";

	private static final SupportedResponse SUPPORTED = new SupportedResponse(List.of(
			new SupportedKind(2, "session", NETWORK, Map.of()), new SupportedKind(1, "session", NETWORK, Map.of()),
			new SupportedKind(2, "exact", NETWORK, Map.of())), List.of(), Map.of());

	@Test
	void schemeWithoutVersionOneIsNotAskedForOne() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> PaymentRequestReader.read(legacy("exact"), SUPPORTED))
			.withMessageContaining("must be 2");
	}

	/** What serves nothing of it refuses the others, by their reason. */
	@ParameterizedTest
	@ValueSource(strings = { "session", "elsewhere" })
	void otherPaymentsOfVersionOneAreRead(String scheme) {
		assertThat(PaymentRequestReader.read(legacy(scheme), SUPPORTED).paymentRequirements().scheme())
			.isEqualTo(scheme);
	}

	private static byte[] legacy(String scheme) {
		return """
				{"x402Version": 1,
				 "paymentPayload": {"x402Version": 1, "scheme": "%1$s", "network": "%2$s", "payload": {}},
				 "paymentRequirements": {"scheme": "%1$s", "network": "%2$s", "maxAmountRequired": "10",
				  "asset": "C", "payTo": "G", "maxTimeoutSeconds": 60, "extra": {}}}""".formatted(scheme, NETWORK)
			.getBytes(StandardCharsets.UTF_8);
	}

}
