package io.github.x402sessions.core.scheme.session;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The signed payment of the test vectors of {@code docs/protocol.md}, which other
 * languages check as well.
 */
class SessionVectorTests {

	private static final JsonNode VECTORS = JsonMapper.shared()
		.readTree(Path.of("../docs/session-vectors.json").toFile());

	private static final JsonNode PAYMENT = VECTORS.required("payment");

	@Test
	void statementIsThatOfTheProtocol() {
		JsonNode terms = PAYMENT.required("terms");
		PaymentStatement statement = new PaymentStatement(text(terms, "network"), text(terms, "asset"),
				text(terms, "payTo"), text(terms, "amount"), text(terms, "approval"), text(terms, "method"),
				text(terms, "resource"), text(terms, "paymentId"), terms.required("validUntil").asLong(),
				text(terms, "body"));
		assertThat(statement.text()).isEqualTo(text(PAYMENT, "text"));
		assertThat(BodyHash.of(text(PAYMENT, "requestBody").getBytes(StandardCharsets.UTF_8)))
			.isEqualTo(text(terms, "body"));
		assertThat(BodyHash.EMPTY).isEqualTo(text(PAYMENT, "emptyBody"));
	}

	static Stream<JsonNode> refusedKeys() {
		return VECTORS.required("refusedKeys").valueStream();
	}

	@ParameterizedTest
	@MethodSource("refusedKeys")
	void keyThatProvesNothingIsNone(JsonNode vector) {
		assertThatIllegalArgumentException().isThrownBy(() -> SessionKey.parse(text(vector, "key")));
	}

	private static String text(JsonNode node, String member) {
		return node.required(member).asString();
	}

}
