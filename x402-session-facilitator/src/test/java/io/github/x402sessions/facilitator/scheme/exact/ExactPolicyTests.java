package io.github.x402sessions.facilitator.scheme.exact;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExactPolicyTests {

	private static final PaymentRequirements ASKED = ExactRequests.asking("10");

	static Stream<Arguments> refusals() {
		PaymentRequirements session = with("session", ExactRequests.NETWORK, "10", "CUSDC", "GSHOP");
		PaymentRequirements elsewhere = with("exact", "stellar:pubnet", "10", "CUSDC", "GSHOP");
		Map<String, Object> sent = Map.of("transaction", "AAAA");
		return Stream.of(Arguments.of("unsupported_scheme", request(session, ASKED, sent)),
				Arguments.of("unsupported_scheme", request(ASKED, session, sent)),
				Arguments.of("network_mismatch", request(elsewhere, ASKED, sent)),
				Arguments.of("invalid_network", request(elsewhere, elsewhere, sent)),
				Arguments.of("invalid_payment_requirements",
						ExactRequests.of(ASKED.withExtra("areFeesSponsored", false))),
				Arguments.of("asset_mismatch",
						ExactRequests.of(with("exact", ExactRequests.NETWORK, "10", "COTHER", "GSHOP"))),
				Arguments.of("recipient_mismatch",
						ExactRequests.of(with("exact", ExactRequests.NETWORK, "10", "CUSDC", "GSPENDER"))),
				Arguments.of("recipient_mismatch",
						ExactRequests.of(with("exact", ExactRequests.NETWORK, "10", "CUSDC", "GCHANNEL"))),
				Arguments.of("invalid_amount", ExactRequests.of(ExactRequests.asking("0"))),
				Arguments.of("invalid_amount", ExactRequests.of(ExactRequests.asking("1"))),
				Arguments.of("per_call_limit_exceeded", ExactRequests.of(ExactRequests.asking("61"))),
				Arguments.of("invalid_amount", ExactRequests.of(ExactRequests.asking("9223372036854775808"))),
				Arguments.of("invalid_exact_stellar_payload_malformed", request(ASKED, ASKED, Map.of())), Arguments
					.of("invalid_exact_stellar_payload_malformed", request(ASKED, ASKED, Map.of("transaction", 1))));
	}

	private static PaymentRequirements with(String scheme, String network, String amount, String asset, String payTo) {
		return new PaymentRequirements(scheme, network, amount, asset, payTo, 60, Map.of());
	}

	private static FacilitatorRequest request(PaymentRequirements accepted, PaymentRequirements asked,
			Map<String, Object> payload) {
		return FacilitatorRequest.of(PaymentPayload.of(null, accepted, payload), asked);
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void whatIsNotPaidHereIsRefusedByItsName(String reason, FacilitatorRequest request) {
		assertThatExceptionOfType(PaymentRefusedException.class)
			.isThrownBy(() -> ExactRequests.POLICY.transaction(request))
			.satisfies((refusal) -> {
				assertThat(refusal.reason()).isEqualTo(reason);
				assertThat(refusal.sentence()).isNotBlank().doesNotContain("GSHOP", "COTHER", "pubnet");
			});
	}

	@Test
	void whatIsPaidHereIsLetThrough() {
		assertThat(ExactRequests.POLICY.transaction(ExactRequests.of(ExactRequests.asking("2")))).isEqualTo("AAAA");
		assertThat(ExactRequests.POLICY.transaction(ExactRequests.of(ExactRequests.asking("60")))).isEqualTo("AAAA");
	}

	@Test
	void recipientsThatAreListedAloneArePaid() {
		ExactPolicy closed = new ExactPolicy(ExactRequests.NETWORK, Set.of("CUSDC"), "GOTHER"::equals, BigInteger.ONE,
				BigInteger.TEN, (address) -> false);
		assertThatExceptionOfType(PaymentRefusedException.class)
			.isThrownBy(() -> closed.transaction(ExactRequests.of(ASKED)))
			.extracting(PaymentRefusedException::reason)
			.isEqualTo("recipient_mismatch");
	}

	@Test
	void kindSaysWhatTheSchemeAndTheOperatorWant() {
		assertThat(ExactRequests.POLICY.kind()).satisfies((kind) -> {
			assertThat(kind.x402Version()).isEqualTo(2);
			assertThat(kind.scheme()).isEqualTo("exact");
			assertThat(kind.network()).isEqualTo(ExactRequests.NETWORK);
			assertThat(kind.extra()).containsEntry("areFeesSponsored", true).containsKey("limits");
		});
	}

}
