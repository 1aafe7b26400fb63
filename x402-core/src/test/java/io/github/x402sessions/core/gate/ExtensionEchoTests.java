package io.github.x402sessions.core.gate;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExtensionEchoTests {

	private static final String TESTNET = Network.STELLAR_TESTNET.id();

	private static final String ID = "pay_0123456789abcdef";

	private static final PricedRoute ROUTE = PricedRoute.of("/a", PaymentTerms.of("session", TESTNET,
			Asset.usdc(Network.STELLAR_TESTNET), "0.10", "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG"));

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
		PaymentRequirements asked = ROUTE.accepts().get(0).toRequirements(Map.of());
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
		Approving facilitator = new Approving(List.of(PaymentIdentifier.EXTENSION));
		PaymentDecision decision = decide(facilitator, ROUTE, Map.of("required", true, "id", ID));
		assertThat(((PaymentDecision.Refused) decision).required().error()).isEqualTo("extension_echo_mismatch");
		assertThat(facilitator.verified).isZero();
		for (Map<String, Object> info : List.<Map<String, Object>>of(Map.of("id", ID), Map.of("required", false),
				Map.of("required", false, "id", ID, "more", 1))) {
			assertThat(decide(facilitator, ROUTE, info)).as("%s", info).isInstanceOf(PaymentDecision.Verified.class);
		}
	}

	@Test
	void aRouteCanInsistOnAnIdentifier() {
		PricedRoute insisting = ROUTE.withIdentifierRequired(true);
		for (List<String> extensions : List.of(List.of(PaymentIdentifier.EXTENSION), List.<String>of())) {
			Approving facilitator = new Approving(extensions);
			assertThat(challenge(facilitator, insisting).extensions()).extractingByKey(PaymentIdentifier.EXTENSION)
				.extracting("info")
				.isEqualTo(Map.of("required", true));
			assertThat(decide(facilitator, insisting, Map.of("required", true)))
				.isInstanceOf(PaymentDecision.IdentifierMissing.class);
			assertThat(facilitator.verified).isZero();
			assertThat(decide(facilitator, insisting, Map.of("required", true, "id", ID)))
				.isInstanceOf(PaymentDecision.Verified.class);
		}
	}

	private static PaymentRequired challenge(Facilitator facilitator, PricedRoute route) {
		return ((PaymentDecision.Challenge) new PaymentGate(facilitator).decide(route, "https://a.example/a", null))
			.required();
	}

	private static PaymentDecision decide(Facilitator facilitator, PricedRoute route, Map<String, Object> info) {
		PaymentPayload payment = PaymentPayload
			.of(null, challenge(facilitator, route).accepts().get(0), Map.of("sessionId", "s"))
			.withExtensions(Map.of(PaymentIdentifier.EXTENSION, Map.of("info", info)));
		return new PaymentGate(facilitator).decide(route, "https://a.example/a", payment);
	}

	/** Approves of everything. */
	private static final class Approving implements Facilitator {

		private final List<String> extensions;

		private int verified;

		private Approving(List<String> extensions) {
			this.extensions = extensions;
		}

		@Override
		public SupportedResponse supported() {
			return new SupportedResponse(List.of(new SupportedKind(2, "session", TESTNET, Map.of())), this.extensions,
					Map.of());
		}

		@Override
		public VerifyResponse verify(FacilitatorRequest request) {
			this.verified++;
			return VerifyResponse.valid("GP");
		}

		@Override
		public SettleResponse settle(FacilitatorRequest request) {
			throw new IllegalStateException("nothing is settled here");
		}

	}

}
