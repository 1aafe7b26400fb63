package io.github.x402sessions.facilitator.scheme.session;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which payments are the same.
 */
class PaymentKeysTests {

	private static final PaymentIdentifier ID = new PaymentIdentifier("pay_0123456789abcdef");

	private static final PaymentRequirements ASKED = PaymentRequests.asking("10");

	@Test
	void identifiedPaymentIsKnownByItsIdentifierAndWhatMoves() {
		PaymentKey key = key(ASKED, ID, "one");
		assertThat(key.id()).isEqualTo(ID.id());
		assertThat(key(ASKED, ID, "another")).as("whatever else the client sent").isEqualTo(key);
		PaymentRequirements later = new PaymentRequirements("session", "stellar:testnet", "10", "CUSDC", "GSHOP", 5,
				Map.of("memo", "x"));
		assertThat(key(later, ID, "one")).as("whatever moves no money").isEqualTo(key);
	}

	@Test
	void whateverDecidesWhatMovesMakesAnotherPayment() {
		Set<String> terms = new HashSet<>();
		for (PaymentRequirements asked : List.of(ASKED, asked("exact", "stellar:testnet", "10", "CUSDC", "GSHOP"),
				asked("session", "stellar:pubnet", "10", "CUSDC", "GSHOP"),
				asked("session", "stellar:testnet", "11", "CUSDC", "GSHOP"),
				asked("session", "stellar:testnet", "10", "CEURC", "GSHOP"),
				asked("session", "stellar:testnet", "10", "CUSDC", "GOTHER"))) {
			terms.add(key(asked, ID, "one").terms());
		}
		assertThat(terms).hasSize(6).allMatch((hash) -> hash.matches("[0-9a-f]{64}"));
	}

	@Test
	void amountIsTheSameHoweverItIsWritten() {
		assertThat(key(PaymentRequests.asking("010"), ID, "one")).isEqualTo(key(ASKED, ID, "one"));
	}

	@Test
	void paymentWithoutAnIdentifierIsKnownByAllOfIt() {
		PaymentKey key = key(ASKED, null, "one");
		assertThat(key.id()).isNull();
		assertThat(key(ASKED, null, "one")).isEqualTo(key);
		assertThat(key(ASKED, null, "another")).isNotEqualTo(key);
	}

	@Test
	void onlyTheServerSaysThatItKeepsTrack() {
		PaymentRequirements tracking = PaymentIdentifier.tracked(ASKED);
		assertThat(key(ASKED, ID, "one").tracked()).isFalse();
		assertThat(PaymentKeys.of(FacilitatorRequest.of(ID.in(payment(tracking, "one")), ASKED)).tracked()).isFalse();
		assertThat(PaymentKeys.of(FacilitatorRequest.of(ID.in(payment(ASKED, "one")), tracking)).tracked()).isTrue();
		assertThat(key(tracking, null, "one").tracked()).as("without an identifier").isFalse();
	}

	@Test
	void identifierThatIsNoneIsTold() {
		PaymentPayload payment = payment(ASKED, "one")
			.withExtensions(Map.of(PaymentIdentifier.EXTENSION, Map.of("info", Map.of("id", "short"))));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> PaymentKeys.of(FacilitatorRequest.of(payment, ASKED)));
	}

	private static PaymentKey key(PaymentRequirements asked, PaymentIdentifier identifier, String note) {
		PaymentPayload payment = payment(asked, note);
		return PaymentKeys.of(FacilitatorRequest.of((identifier != null) ? identifier.in(payment) : payment, asked));
	}

	private static PaymentPayload payment(PaymentRequirements accepted, String note) {
		return PaymentPayload.of(null, accepted, Map.of("sessionId", "s", "note", note));
	}

	private static PaymentRequirements asked(String scheme, String network, String amount, String asset, String payTo) {
		return new PaymentRequirements(scheme, network, amount, asset, payTo, 60, Map.of());
	}

}
