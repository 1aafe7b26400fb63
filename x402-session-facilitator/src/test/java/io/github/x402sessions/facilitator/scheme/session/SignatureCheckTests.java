package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.scheme.Reason;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.session.evidence.PaymentEvidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static io.github.x402sessions.stellar.ProtocolVectors.at;
import static io.github.x402sessions.stellar.ProtocolVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The signed payment of the test vectors, at any time.
 */
class SignatureCheckTests {

	private static final long VALID_UNTIL = at("/payment/terms/validUntil").asLong();

	private final PaymentPayload payment = at("/headers").valueStream()
		.map((header) -> header.required("message"))
		.filter((message) -> !message.at("/payload/signature").isMissingNode())
		.map((message) -> WireJson.read(WireJson.write(message), PaymentPayload.class))
		.findFirst()
		.orElseThrow();

	private final Session session = session(text("/sessionKey/key"));

	@ParameterizedTest
	@ValueSource(strings = { "signature", "alsoRead" })
	void paymentOfTheVectorsIsGenuineAndProvesItself(String spelling) {
		assertThat(checkAt(0).check(request(signedBy(text("/payment/" + spelling))), this.session))
			.isEqualTo(new SignatureVerdict(null,
					new PaymentEvidence(text("/sessionKey/key"), text("/payment/text"), text("/payment/signature"))));
	}

	static Stream<JsonNode> refused() {
		return at("/payment/refused").valueStream();
	}

	@ParameterizedTest
	@MethodSource("refused")
	void otherSignaturesAreRefused(JsonNode vector) {
		FacilitatorRequest request = request(signedBy(vector.required("signature").asString()));
		assertThat(reason(checkAt(0).check(request, this.session))).isEqualTo(Reason.INVALID_SIGNATURE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "AAAA", "not base64!" })
	void otherTextIsNoSignature(String signature) {
		assertThat(reason(checkAt(0).check(request(signedBy(signature)), this.session)))
			.isEqualTo(Reason.INVALID_SIGNATURE);
	}

	@Test
	void sessionOfManyWrongSignaturesWaits() {
		SignatureCheck check = checkAt(0);
		FacilitatorRequest wrong = request(signedBy("AAAA"));
		Reason last = Reason.INVALID_SIGNATURE;
		for (int i = 0; i < 10_000 && last == Reason.INVALID_SIGNATURE; i++) {
			last = reason(check.check(wrong, this.session));
		}
		assertThat(last).isEqualTo(Reason.RATE_LIMITED);
		Session other = session(text("/sessionKey/key"), "another");
		assertThat(reason(check.check(request(this.payment), other))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "-361, PAYMENT_EXPIRED, PAYMENT_EXPIRED", "-360, , ", "60, , ", "61, , PAYMENT_EXPIRED",
			"960, , PAYMENT_EXPIRED", "961, PAYMENT_EXPIRED, PAYMENT_EXPIRED" })
	void signatureHasItsTime(long after, Reason settling, Reason verifying) {
		assertThat(reason(checkAt(after).check(request(this.payment), this.session))).isEqualTo(settling);
		assertThat(reason(checkAt(after).late(request(this.payment), this.session))).isEqualTo(verifying);
	}

	/** Or the same signature would pay once more when its identifier is forgotten. */
	@Test
	void signatureIsOverBeforeItsIdentifierIsForgotten() {
		Clock clock = Clock.fixed(Instant.ofEpochSecond(VALID_UNTIL - 41), ZoneOffset.UTC);
		assertThat(
				reason(new SignatureCheck(clock, Duration.ofSeconds(1_000)).check(request(this.payment), this.session)))
			.isEqualTo(Reason.PAYMENT_EXPIRED);
		assertThat(
				reason(new SignatureCheck(clock, Duration.ofSeconds(1_001)).check(request(this.payment), this.session)))
			.isNull();
	}

	@Test
	void sessionWithoutAKeyIsNotAskedForASignature() {
		assertThat(checkAt(5_000).check(request(this.payment), session(null))).isEqualTo(SignatureVerdict.NOT_NEEDED);
		assertThat(checkAt(5_000).late(request(this.payment), session(null))).isNull();
	}

	private static Reason reason(SignatureVerdict verdict) {
		return reason(verdict.refusal());
	}

	private static Reason reason(Verdict.Refused refusal) {
		return (refusal != null) ? refusal.reason() : null;
	}

	private PaymentPayload signedBy(String signature) {
		Map<String, Object> payload = new HashMap<>(this.payment.payload());
		payload.put("signature", signature);
		return new PaymentPayload(2, this.payment.resource(), this.payment.accepted(), payload,
				this.payment.extensions());
	}

	private static SignatureCheck checkAt(long after) {
		return new SignatureCheck(Clock.fixed(Instant.ofEpochSecond(VALID_UNTIL + after), ZoneOffset.UTC),
				Duration.ofDays(30));
	}

	private static FacilitatorRequest request(PaymentPayload payment) {
		return FacilitatorRequest.of(payment, payment.accepted());
	}

	private static Session session(String key) {
		return session(key, "key");
	}

	private static Session session(String key, String name) {
		SessionTerms terms = new SessionTerms("stellar:testnet", text("/payment/terms/approval"),
				text("/keys/user/address"), text("/keys/spender/address"), text("/payment/terms/asset"),
				text("/payment/terms/payTo"), BigInteger.TEN, 900, key);
		return new Session(name, terms, 1, true, BigInteger.ZERO, BigInteger.ZERO, 900, null, BigInteger.ZERO, false);
	}

}
