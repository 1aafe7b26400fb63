package io.github.x402sessions.client.payment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PaymentChallenge}.
 */
class PaymentChallengeTests {

	@Test
	void longChallengeIsReadUpToALimit() {
		assertThat(read(challenge(40_000))).isPresent();
		assertThat(read(challenge(60_000))).isEmpty();
	}

	@Test
	void twoChallengesAreNoneUnlessTheyAreTheSame() {
		assertThat(read(challenge(1))).isPresent();
		assertThat(read(challenge(1), challenge(1))).isPresent();
		assertThat(read(challenge(1), challenge(2))).isEmpty();
		assertThat(read()).isEmpty();
	}

	private static Optional<PaymentRequired> read(String... values) {
		return PaymentChallenge.read(List.of(values));
	}

	private static String challenge(int length) {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "100", "CUSDC", "GSHOP", 300,
				Map.of());
		return PaymentHeader
			.encode(PaymentRequired.of(null, new ResourceInfo("x".repeat(length), null, null), List.of(asked)));
	}

}
