package io.github.x402sessions.facilitator.settlement.funding;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of a balance.
 */
class FundingBalanceTests {

	private static final FundingBalance BALANCE = new FundingBalance(BigInteger.valueOf(100), BigInteger.valueOf(30),
			BigInteger.valueOf(20));

	@Test
	void whatIsBeingPaidIsNotLeft() {
		assertThat(BALANCE.remaining()).isEqualTo(50);
	}

	@Test
	void paymentIsTakenFromWhatIsLeft() {
		assertThat(BALANCE.paid(BigInteger.TEN))
			.isEqualTo(new FundingBalance(BigInteger.valueOf(100), BigInteger.valueOf(40), BigInteger.valueOf(20)));
	}

}
