package io.github.x402sessions.core.gate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.terms.PricedRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExtensionEchoTests {

	private static final String ID = "pay_0123456789abcdef";

	static Stream<Arguments> echoes() {
		Map<String, Object> said = Map.of("list", List.of(1, 2), "deep", Map.of("a", "x", "b", 1.0), "no", false);
		return Stream.of(Arguments.of(true, Map.of("info", said)),
				Arguments.of(true, Map.of("info", Map.of("list", List.of(1, 2), "deep", Map.of("a", "x", "b", 1)))),
				Arguments.of(true,
						Map.of("info",
								Map.of("list", List.of(1, 2), "deep", Map.of("a", "x", "b", 1, "c", 2), "own", 1),
								"schema", "left out")),
				Arguments.of(true, said), Arguments.of(false, Map.of()), Arguments.of(false, "text"),
				Arguments.of(false, Map.of("info", Map.of("list", List.of(1, 2)))),
				Arguments.of(false, Map.of("info", Map.of("list", List.of(2, 1), "deep", Map.of("a", "x", "b", 1)))),
				Arguments.of(false, Map.of("info", Map.of("list", List.of(1, 2), "deep", Map.of("a", "y", "b", 1)))),
				Arguments.of(false,
						Map.of("info", Map.of("list", List.of(1, 2), "deep", Map.of("a", "x", "b", 1), "no", true))));
	}

	@ParameterizedTest
	@MethodSource("echoes")
	void whatIsRepeatedHasToSayTheSame(boolean faithful, Object echo) {
		PaymentRequirements asked = PayingClient.ROUTE.accepts().get(0).toRequirements(Map.of());
		PaymentRequired challenge = PaymentRequired.of(null, new ResourceInfo("u", null, null), List.of(asked))
			.withExtension("x",
					Map.of("info", Map.of("list", List.of(1, 2), "deep", Map.of("a", "x", "b", 1), "no", false)));
		PaymentPayload payment = PaymentPayload.of(null, asked, Map.of());
		assertThat(ExtensionEcho.isFaithful(challenge, payment.withExtensions(Map.of("x", echo)))).isEqualTo(faithful);
		assertThat(ExtensionEcho.isFaithful(challenge, payment.withExtensions(Map.of("y", echo)))).isTrue();
		assertThat(ExtensionEcho.isFaithful(challenge, payment)).isTrue();
	}

	@Test
	void aPaymentThatContradictsItsChallengeIsRefusedUnasked() {
		FakeFacilitator facilitator = FakeFacilitator.honouring();
		PaymentDecision decision = decide(facilitator, PayingClient.ROUTE, Map.of("required", true, "id", ID));
		assertThat(((PaymentDecision.Refused) decision).required().error()).isEqualTo("extension_echo_mismatch");
		assertThat(facilitator.count("verify")).isZero();
		for (Map<String, Object> info : List.<Map<String, Object>>of(Map.of("id", ID), Map.of("required", false),
				Map.of("required", false, "id", ID, "more", 1))) {
			assertThat(decide(facilitator, PayingClient.ROUTE, info)).as("%s", info)
				.isInstanceOf(PaymentDecision.Verified.class);
		}
	}

	@Test
	void aRouteCanInsistOnAnIdentifier() {
		PricedRoute insisting = PayingClient.ROUTE.withIdentifierRequired(true);
		for (List<String> extensions : List.of(List.of(PaymentIdentifier.EXTENSION), List.<String>of())) {
			FakeFacilitator facilitator = new FakeFacilitator("session");
			facilitator.extensions = extensions;
			assertThat(challenge(facilitator, insisting).extensions()).extractingByKey(PaymentIdentifier.EXTENSION)
				.extracting("info")
				.isEqualTo(Map.of("required", true));
			assertThat(decide(facilitator, insisting, Map.of("required", true)))
				.isInstanceOf(PaymentDecision.IdentifierMissing.class);
			assertThat(facilitator.count("verify")).isZero();
			assertThat(decide(facilitator, insisting, Map.of("required", true, "id", ID)))
				.isInstanceOf(PaymentDecision.Verified.class);
		}
	}

	private static PaymentRequired challenge(Facilitator facilitator, PricedRoute route) {
		return new PayingClient(new PaymentGate(facilitator), route).challenge();
	}

	private static PaymentDecision decide(Facilitator facilitator, PricedRoute route, Map<String, Object> info) {
		return new PayingClient(new PaymentGate(facilitator), route)
			.pay((payment) -> payment.withExtensions(Map.of(PaymentIdentifier.EXTENSION, Map.of("info", info))));
	}

}
