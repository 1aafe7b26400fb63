package io.github.x402sessions.core.scheme;

import java.math.BigInteger;
import java.util.Map;

import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PaymentScheme} and {@link SessionScheme}.
 */
class PaymentSchemeTests {

	private static final Map<String, Object> EXTENSIONS = Map.of("session",
			Map.of("remaining", "42", "coalesced", Map.of("calls", 2)));

	private static final VerifyResponse VERDICT = new VerifyResponse(true, null, null, "GPAYER", EXTENSIONS);

	private static final SettleResponse RECEIPT = new SettleResponse(true, null, null, "GPAYER", "ab12",
			"stellar:testnet", "1", EXTENSIONS);

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
	void anotherSchemeIsItsNameAndReadsNoSession() {
		PaymentScheme other = PaymentScheme.of("exact");
		assertThat(other.name()).isEqualTo("exact");
		assertThat(other.remaining(VERDICT)).isEmpty();
		assertThat(other.isShared(RECEIPT)).isFalse();
		assertThat(other.howToPay()).isEmpty();
	}

}
