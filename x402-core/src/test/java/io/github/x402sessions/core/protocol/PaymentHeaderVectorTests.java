package io.github.x402sessions.core.protocol;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The headers of the test vectors of {@code docs/protocol.md}, which other languages
 * check as well.
 */
class PaymentHeaderVectorTests {

	private static final JsonNode VECTORS = JsonMapper.shared()
		.readTree(Path.of("../docs/session-vectors.json").toFile());

	private static final Map<String, Class<?>> MESSAGES = Map.of(PaymentHeader.REQUIRED, PaymentRequired.class,
			PaymentHeader.SIGNATURE, PaymentPayload.class, PaymentHeader.RESPONSE, SettleResponse.class);

	static Stream<JsonNode> headers() {
		return VECTORS.required("headers").valueStream();
	}

	@ParameterizedTest
	@MethodSource("headers")
	void isReadAndWrittenAsTheProtocolSays(JsonNode vector) {
		Object message = read(vector.required("name").asString(), vector.required("value").asString());
		assertThat(JsonMapper.shared().readTree(WireJson.write(message))).isEqualTo(vector.required("message"));
		assertThat(PaymentHeader.encode(message)).isEqualTo(vector.required("value").asString());
	}

	@Test
	void theOtherSpellingIsReadTheSame() {
		JsonNode other = VECTORS.required("alsoRead");
		String name = other.required("header").asString();
		JsonNode usual = headers().filter((vector) -> vector.required("name").asString().equals(name))
			.findFirst()
			.orElseThrow();
		assertThat(read(name, other.required("value").asString()))
			.isEqualTo(read(name, usual.required("value").asString()));
	}

	private static Object read(String name, String value) {
		return PaymentHeader.decode(value, MESSAGES.get(name), PaymentHeader.DEFAULT_MAX_LENGTH);
	}

}
