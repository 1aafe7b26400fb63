package io.github.x402sessions.test;

import io.github.x402sessions.core.protocol.PaymentRequired;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a {@code PAYMENT-REQUIRED} header.
 */
public final class ChallengeAssert extends AbstractAssert<ChallengeAssert, @Nullable String> {

	ChallengeAssert(@Nullable String header) {
		super(header, ChallengeAssert.class);
	}

	/**
	 * Check the amount of the first way to pay.
	 * @param baseUnits the amount in base units, as on the wire
	 * @return this
	 */
	public ChallengeAssert asks(String baseUnits) {
		Assertions.assertThat(challenge().accepts().get(0).amount()).as("amount").isEqualTo(baseUnits);
		return this;
	}

	/**
	 * Check that there is a way to pay of a kind.
	 * @param scheme the payment scheme
	 * @param network the network as a CAIP-2 id
	 * @return this
	 */
	public ChallengeAssert accepts(String scheme, String network) {
		Assertions.assertThat(challenge().accepts())
			.as("accepts")
			.anyMatch((way) -> way.scheme().equals(scheme) && way.network().equals(network));
		return this;
	}

	/**
	 * Check why a payment was refused.
	 * @param reason the reason on the wire
	 * @return this
	 */
	public ChallengeAssert hasError(String reason) {
		Assertions.assertThat(challenge().error()).as("error").isEqualTo(reason);
		return this;
	}

	private PaymentRequired challenge() {
		isNotNull();
		return TestPayments.challenge(this.actual);
	}

}
