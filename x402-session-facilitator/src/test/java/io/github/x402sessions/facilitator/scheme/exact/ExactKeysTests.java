package io.github.x402sessions.facilitator.scheme.exact;

import java.util.Map;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExactKeysTests {

	private static final String ID = "pay_1234567890123";

	@Test
	void nonceIsTheIdAndTheIdentifierItsSecondName() {
		PaymentKey key = ExactKeys.of(ExactRequests.of(ExactRequests.asking("10"), ID), "-17");
		assertThat(key.id()).isEqualTo("-17");
		assertThat(key.alias()).isEqualTo(ID);
		assertThat(key.terms()).hasSize(64);
		assertThat(key.tracked()).isFalse();
		assertThat(ExactKeys.of(ExactRequests.of(ExactRequests.asking("10")), "-17").alias()).isNull();
	}

	@Test
	void otherTermsOrAnotherIdentifierAreAnotherPayment() {
		String terms = ExactKeys.of(ExactRequests.of(ExactRequests.asking("10"), ID), "1").terms();
		assertThat(ExactKeys.of(ExactRequests.of(ExactRequests.asking("010"), ID), "2").terms()).isEqualTo(terms);
		assertThat(ExactKeys.of(ExactRequests.of(ExactRequests.asking("11"), ID), "1").terms()).isNotEqualTo(terms);
		assertThat(ExactKeys.of(ExactRequests.of(ExactRequests.asking("10"), ID + "4"), "1").terms())
			.isNotEqualTo(terms);
		assertThat(ExactKeys.of(ExactRequests.of(ExactRequests.asking("10")), "1").terms()).isNotEqualTo(terms);
	}

	@Test
	void otherBytesAreAnotherPayment() {
		PaymentRequirements asked = ExactRequests.asking("10");
		FacilitatorRequest other = FacilitatorRequest.of(PaymentPayload.of(null, asked, Map.of("transaction", "AAAB")),
				asked);
		assertThat(ExactKeys.of(other, "1").terms()).isNotEqualTo(ExactKeys.of(ExactRequests.of(asked), "1").terms());
	}

	@Test
	void serverAloneSaysThatItKeepsTrack() {
		assertThat(ExactKeys.of(ExactRequests.of(PaymentIdentifier.tracked(ExactRequests.asking("10")), ID), "1")
			.tracked()).isTrue();
		assertThat(ExactKeys.of(ExactRequests.of(PaymentIdentifier.tracked(ExactRequests.asking("10"))), "1").tracked())
			.isFalse();
	}

}
