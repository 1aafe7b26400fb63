package io.github.x402sessions.client.payment.message;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PaymentChallenge}.
 */
class PaymentChallengeTests {

	private static final URI URL = URI.create("http://shop/tea");

	private static final String OURS = """
			{"scheme":"session","network":"stellar:testnet","amount":"100","asset":"CUSDC","payTo":"GSHOP",
			"maxTimeoutSeconds":60,"extra":{"note":"kept"}}""";

	@ParameterizedTest
	@ValueSource(strings = { "null", "7", "[]", "{}", "\"exact\"", "{\"scheme\":\"exact\",\"amount\":10000}",
			"{\"scheme\":\"exact\",\"network\":\"base\",\"maxAmountRequired\":\"1\",\"resource\":\"u\"}",
			"{\"scheme\":\"exact\",\"network\":\"n\",\"amount\":\"1\",\"asset\":\"a\",\"payTo\":\"p\",\"maxTimeoutSeconds\":60.5}" })
	void oddWaysToPayAreSkipped(String odd) {
		PaymentRequired challenge = parse(
				"{\"x402Version\":2,\"resource\":{\"url\":\"u\"},\"accepts\":[" + odd + "," + OURS + "]}")
			.orElseThrow();
		assertThat(challenge.accepts()).singleElement()
			.isEqualTo(new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", "GSHOP", 60,
					Map.of("note", "kept")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"resource\":null,", "\"resource\":\"http://shop/\",", "\"resource\":{\"url\":\"\"},",
			"\"extensions\":[],", "\"extensions\":null,", "\"error\":7," })
	void whatIsNotNeededToPayMayBeOdd(String odd) {
		PaymentRequired challenge = parse("{\"x402Version\":2," + odd + "\"accepts\":[" + OURS + "]}").orElseThrow();
		assertThat(challenge.resource().url()).isEqualTo(URL.toString());
		assertThat(challenge.extensions()).isNull();
	}

	@Test
	void withoutAWayToPayThereIsNoChallenge() {
		assertThat(parse("{\"x402Version\":2,\"accepts\":[null]}")).isEmpty();
		assertThat(parse("{\"x402Version\":2}")).isEmpty();
		assertThat(parse("{\"x402Version\":1,\"accepts\":[" + OURS + "]}")).isEmpty();
	}

	private static Optional<PaymentRequired> parse(String json) {
		return read(Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void longChallengeIsReadUpToALimit() {
		assertThat(read(challenge(40_000))).isPresent();
		assertThat(read(challenge(60_000))).isEmpty();
	}

	@Test
	void twoChallengesAreNoneUnlessTheyAreTheSame() {
		assertThat(read(challenge(1))).isPresent();
		assertThat(read(challenge(1), challenge(1))).isPresent();
		assertThat(read(challenge(1), challenge(2))).isEmpty();
		assertThat(read()).isEmpty();
	}

	private static Optional<PaymentRequired> read(String... values) {
		return PaymentChallenge.read(PaymentForm.HEADER, List.of(values), URL);
	}

	private static String challenge(int length) {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", "GSHOP", 300,
				Map.of());
		return PaymentHeader
			.encode(PaymentRequired.of(null, new ResourceInfo("x".repeat(length), null, null), List.of(asked)));
	}

}
