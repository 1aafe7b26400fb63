package io.github.x402sessions.core.scheme;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Map;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PaymentScheme} and {@link SessionScheme}.
 */
class PaymentSchemeTests {

	private static final Map<String, Object> EXTENSIONS = Map.of("session",
			Map.of("remaining", "42", "coalesced", Map.of("calls", 2)));

	private static final VerifyResponse VERDICT = new VerifyResponse(true, null, null, "GPAYER", EXTENSIONS);

	private static final SettleResponse RECEIPT = new SettleResponse(true, null, null, "GPAYER", "ab12",
			"stellar:testnet", "1", EXTENSIONS);

	private static final PaymentRequirements TERMS = new PaymentRequirements("session", "stellar:testnet", "1", "C",
			"G", 300, Map.of());

	private static final Map<String, Object> SIGNED = Map.of("sessionId", "s", "method", "POST", "body", BodyHash.EMPTY,
			"validUntil", 1, "signature", "x");

	@Test
	void sessionTellsWhatIsLeftAndWhatIsShared() {
		PaymentScheme session = PaymentScheme.of("session");
		assertThat(session.name()).isEqualTo("session");
		assertThat(session.remaining(VERDICT)).hasValue(BigInteger.valueOf(42));
		assertThat(session.isShared(RECEIPT)).isTrue();
		assertThat(session.howToPay()).isPresent();
	}

	@Test
	void sessionSaysNothingWhereItsFacilitatorDoesNot() {
		PaymentScheme session = PaymentScheme.of("session");
		assertThat(session.remaining(new VerifyResponse(true, null, null, null, null))).isEmpty();
		assertThat(session.remaining(new VerifyResponse(true, null, null, null, Map.of("session", "none")))).isEmpty();
		assertThat(session.isShared(new SettleResponse(true, null, null, null, "ab12", "stellar:testnet", "1",
				Map.of("session", Map.of()))))
			.isFalse();
	}

	@Test
	void sessionTellsWhichCallWasSigned() {
		PaymentScheme session = PaymentScheme.of("session");
		ResourceInfo resource = new ResourceInfo("https://a.example/a", null, null);
		SignedCall call = session.signedCall(PaymentPayload.of(resource, TERMS, SIGNED)).orElseThrow();
		assertThat(call).isEqualTo(new SignedCall("POST", "https://a.example/a", BodyHash.EMPTY));
		assertThat(call.isTo("POST", "https://a.example/a")).isTrue();
		assertThat(call.isTo("PUT", "https://a.example/a")).isFalse();
		assertThat(call.isTo("POST", "https://a.example/A")).isFalse();
		assertThat(call.leavesBodyOpen()).isFalse();
		assertThat(call.hasBody(Sha256.begin())).isTrue();
		MessageDigest other = Sha256.begin();
		other.update((byte) 1);
		assertThat(call.hasBody(other)).isFalse();
		assertThat(session.signedCall(PaymentPayload.of(null, TERMS, SIGNED)).orElseThrow().resource()).isEmpty();
		assertThat(session.signedCall(PaymentPayload.of(resource, TERMS, Map.of("sessionId", "s")))).isEmpty();
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(
				() -> session.signedCall(PaymentPayload.of(resource, TERMS, Map.of("sessionId", "s", "signature", 1))));
	}

	/** What is signed anew makes no other payment; all the rest does. */
	@Test
	void theSignatureAndItsTimeDoNotLast() {
		Map<String, Object> others = Map.of("sessionId", "s", "method", "POST", "body", BodyHash.EMPTY);
		assertThat(PaymentScheme.of("session").lasting(PaymentPayload.of(null, TERMS, SIGNED))).isEqualTo(others);
		Map<String, Object> unsigned = Map.of("sessionId", "s", "validUntil", 1);
		assertThat(PaymentScheme.of("session").lasting(PaymentPayload.of(null, TERMS, unsigned))).isEqualTo(unsigned);
		assertThat(PaymentScheme.of("exact").lasting(PaymentPayload.of(null, TERMS, SIGNED))).isEqualTo(SIGNED);
	}

	@Test
	void anotherSchemeIsItsNameAndReadsNoSession() {
		PaymentScheme other = PaymentScheme.of("exact");
		assertThat(other.name()).isEqualTo("exact");
		assertThat(other.remaining(VERDICT)).isEmpty();
		assertThat(other.isShared(RECEIPT)).isFalse();
		assertThat(other.howToPay()).isEmpty();
		assertThat(other.deferral()).isSameAs(Deferral.NONE);
		assertThat(other.signedCall(PaymentPayload.of(null, TERMS, SIGNED))).isEmpty();
	}

}
