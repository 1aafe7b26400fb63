package io.github.x402sessions.core.idempotency;

import java.util.Map;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PaymentIdentifierTests {

	private static final PaymentRequirements TERMS = new PaymentRequirements("session", "stellar:testnet", "1", "C",
			"G", 300, Map.of());

	@Test
	void travelsInThePayment() {
		PaymentIdentifier identifier = PaymentIdentifier.random();
		PaymentPayload payment = new PaymentPayload(2, null, TERMS, Map.of("sessionId", "s"), Map.of("other", 1));
		assertThat(PaymentIdentifier.of(payment)).isEmpty();
		assertThat(PaymentIdentifier.of(identifier.in(payment))).hasValue(identifier);
		assertThat(identifier.in(payment).extensions()).containsEntry("other", 1);
		assertThat(PaymentIdentifier.random()).isNotEqualTo(identifier);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "short", "has space in it 123", "pay_1234567890123\n", "ümlautümlautümlaut" })
	void refusesOtherForms(String id) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> new PaymentIdentifier(id))
			.withMessageContaining("payment-identifier.info.id");
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> new PaymentIdentifier("a".repeat(129)));
	}

	@Test
	void aWrongTypeIsMalformedAndAnAbsentOneIsNot() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> PaymentIdentifier.of(payment(Map.of("info", Map.of("id", 17)))));
		assertThat(PaymentIdentifier.of(payment(Map.of("info", Map.of("required", false))))).isEmpty();
		assertThat(PaymentIdentifier.of(payment(Map.of()))).isEmpty();
	}

	@Test
	void whereItCannotBeFoundThePaymentIsMalformed() {
		for (Object misplaced : new Object[] { "text", Map.of("id", "pay_0123456789abcdef"), Map.of("info", "text") }) {
			assertThatExceptionOfType(MalformedMessageException.class)
				.isThrownBy(() -> PaymentIdentifier.of(payment(misplaced)))
				.withMessageContaining("'extensions.payment-identifier");
		}
	}

	@Test
	void knowsRepetitions() {
		assertThat(PaymentIdentifier.isReplayed(receipt(Map.of("payment-identifier", Map.of("replayed", true)))))
			.isTrue();
		assertThat(PaymentIdentifier.isReplayed(receipt(Map.of("payment-identifier", Map.of())))).isFalse();
		assertThat(PaymentIdentifier.isReplayed(receipt(null))).isFalse();
	}

	private static PaymentPayload payment(Object extension) {
		return new PaymentPayload(2, null, TERMS, Map.of(), Map.of("payment-identifier", extension));
	}

	@Test
	void whatTheExtensionsHoldStaysNextToIt() {
		PaymentPayload echoing = payment(Map.of("info", Map.of("required", false), "schema", Map.of("type", "object")));
		assertThat(new PaymentIdentifier("pay_0123456789abcdef").in(echoing).extensions())
			.isEqualTo(Map.of(PaymentIdentifier.EXTENSION, Map.of("info",
					Map.of("required", false, "id", "pay_0123456789abcdef"), "schema", Map.of("type", "object"))));
	}

	private static SettleResponse receipt(Map<String, Object> extensions) {
		return new SettleResponse(true, null, null, "G", "ab", "stellar:testnet", "1", extensions);
	}

}
