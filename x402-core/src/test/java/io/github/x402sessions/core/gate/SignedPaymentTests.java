package io.github.x402sessions.core.gate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Payments that were signed for one call, at a facilitator that takes every signature.
 */
class SignedPaymentTests {

	private static final String URL = "https://a.example/a?x=1";

	private final FakeFacilitator facilitator = FakeFacilitator.honouring();

	private final PaymentGate gate = new PaymentGate(this.facilitator);

	private final PayingClient client = new PayingClient(this.gate);

	private final PaymentPayload signed = signed(Map.of());

	@Test
	void theCallThatWasSignedForIsLetThrough() {
		assertThat(decide(new ReceivedCall("POST", URL))).isInstanceOf(PaymentDecision.Verified.class);
	}

	@ParameterizedTest
	@CsvSource({ "PUT, https://a.example/a?x=1", "post, https://a.example/a?x=1", "POST, https://a.example/a?x=2",
			"POST, https://a.example/a", "POST, https://b.example/a?x=1", "POST, http://a.example/a?x=1" })
	void anotherCallIsRefusedAndNobodyIsAsked(String method, String url) {
		PaymentDecision.Refused refused = (PaymentDecision.Refused) decide(new ReceivedCall(method, url));
		assertThat(refused.required().error()).isEqualTo("resource_mismatch");
		assertThat(refused.required().resource().url()).isEqualTo(url);
		assertThat(refused.response()).isNotNull();
		assertThat(refused.response().errorReason()).isEqualTo("resource_mismatch");
		assertThat(refused.response().network()).isEqualTo(FakeFacilitator.TESTNET);
		assertThat(this.facilitator.identifiers()).isEmpty();
	}

	@Test
	void whereThereIsNoMethodNoneMayBeSigned() {
		assertThat(this.gate.decide(PayingClient.ROUTE, URL, this.signed)).isInstanceOf(PaymentDecision.Refused.class);
		assertThat(this.gate.decide(PayingClient.ROUTE, URL, signed(Map.of("method", "-"))))
			.isInstanceOf(PaymentDecision.Verified.class);
	}

	@Test
	void aSignedPaymentWithoutAnIdentifierIsNotUsed() {
		PaymentPayload without = this.signed.withExtensions(Map.of());
		assertThat(this.gate.decide(PayingClient.ROUTE, new ReceivedCall("POST", URL), without))
			.isInstanceOf(PaymentDecision.IdentifierMissing.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "method", "body", "validUntil" })
	void halfASignatureIsMalformed(String missing) {
		Map<String, Object> payload = new LinkedHashMap<>(this.signed.payload());
		payload.remove(missing);
		String header = PaymentHeader.encode(PaymentPayload.of(null, this.signed.accepted(), payload));
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.gate.read(header))
			.withMessageContaining(missing);
	}

	@ParameterizedTest
	@ValueSource(strings = { "signature_required", "invalid_signature", "payment_expired" })
	void theFacilitatorsReasonsAreTheClients(String reason) {
		this.facilitator.verdict = VerifyResponse.invalid(reason, null);
		PaymentDecision.Refused refused = (PaymentDecision.Refused) decide(new ReceivedCall("POST", URL));
		assertThat(refused.required().error()).isEqualTo(reason);
		assertThat(refused.response()).isNotNull();
		assertThat(refused.response().errorReason()).isEqualTo(reason);
	}

	private PaymentDecision decide(ReceivedCall call) {
		return this.gate.decide(PayingClient.ROUTE, call, this.signed);
	}

	private PaymentPayload signed(Map<String, Object> changes) {
		Map<String, Object> payload = new LinkedHashMap<>(
				Map.of("sessionId", "s", "method", "POST", "body", "-", "validUntil", 1, "signature", "x"));
		payload.putAll(changes);
		return PaymentIdentifier.random()
			.in(PaymentPayload.of(new ResourceInfo(URL, null, null), this.client.challenge().accepts().get(0),
					payload));
	}

}
