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
	void oneThatIsOverNeedsWhatItIsCommittedTo() {
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

	private static AllowanceNeed need(String status, long committed) {
		SessionState state = new SessionState(BigInteger.valueOf(100), BigInteger.valueOf(20), BigInteger.valueOf(50),
				9, status, BigInteger.valueOf(committed));
		return new AllowanceHolder(() -> state).need();
	}

}
