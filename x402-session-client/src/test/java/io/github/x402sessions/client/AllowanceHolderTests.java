package io.github.x402sessions.client;

import java.math.BigInteger;

import io.github.x402sessions.client.approval.AllowanceNeed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AllowanceHolderTests {

	@Test
	void aSessionThatPaysNeedsWhatItHasNotSpent() {
		assertThat(need("active", 30)).isEqualTo(new AllowanceNeed(BigInteger.valueOf(80), 9));
	}

	@Test
	void oneThatIsOverNeedsWhatMayStillBeTaken() {
		assertThat(need("closed", 30)).isEqualTo(new AllowanceNeed(BigInteger.valueOf(30), 9));
		assertThat(need("closed", 0)).isEqualTo(AllowanceNeed.NOTHING);
	}

	@Test
	void oneThatNobodyKnowsNeedsNothing() {
		AllowanceHolder unknown = new AllowanceHolder(() -> {
			throw new SessionNotFoundException();
		});
		assertThat(unknown.need()).isEqualTo(AllowanceNeed.NOTHING);
	}

	@Test
	void oneThatIsClosedNeedsNothingThatItHasNotSetAside() {
		assertThat(holder("active", 80).needOnceClosed()).isEqualTo(new AllowanceNeed(BigInteger.valueOf(30), 9));
		assertThat(holder("closed", 25).needOnceClosed()).isEqualTo(new AllowanceNeed(BigInteger.valueOf(25), 9));
	}

	private static AllowanceNeed need(String status, long owed) {
		return holder(status, owed).need();
	}

	/** One for which nothing is committed any more: a transaction has it. */
	private static AllowanceHolder holder(String status, long owed) {
		SessionState state = new SessionState(BigInteger.valueOf(100), BigInteger.valueOf(20), BigInteger.valueOf(50),
				9, status, BigInteger.ZERO, BigInteger.valueOf(owed));
		return new AllowanceHolder(() -> state);
	}

}
