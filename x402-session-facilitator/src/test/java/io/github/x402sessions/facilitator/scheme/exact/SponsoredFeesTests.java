package io.github.x402sessions.facilitator.scheme.exact;

import io.github.x402sessions.facilitator.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SponsoredFeesTests {

	private final TestDatabase database = TestDatabase.sqlite();

	private final SponsoredFees fees = fees();

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void eachPayerHasItsFeesInADay() {
		assertThat(this.fees.take("GA")).isPresent();
		assertThat(this.fees.take("GA")).isPresent();
		assertThat(this.fees.allows("GA")).isFalse();
		assertThat(this.fees.take("GA")).isEmpty();
		assertThat(this.fees.take("GB")).isPresent();
		pass(23 * 3_600_000);
		assertThat(fees().allows("GA")).isFalse();
		pass(3_600_000);
		assertThat(fees().allows("GA")).isTrue();
	}

	@Test
	void whatWasNotSentIsGivenBackAndRefusesNobody() {
		Runnable giveBack = this.fees.take("GA").orElseThrow();
		assertThat(this.fees.take("GA")).isPresent();
		assertThat(this.fees.take("GA")).isEmpty();
		giveBack.run();
		assertThat(this.fees.take("GA")).as("not even by a memory").isPresent();
		assertThat(this.fees.take("GA")).isEmpty();
	}

	@Test
	void whoFailsTooOftenHasNoneForAWhile() {
		this.fees.failed("GA");
		assertThat(this.fees.allows("GA")).isTrue();
		this.fees.failed("GA");
		assertThat(this.fees.allows("GA")).isFalse();
		assertThat(this.fees.mayTry("GA")).isFalse();
		assertThat(this.fees.mayTry("GB")).isTrue();
		pass(3_600_000);
		assertThat(fees().allows("GA")).isTrue();
	}

	/** Those of another node, which has refused nobody yet. */
	private SponsoredFees fees() {
		return new SponsoredFees(100, 250, 2, this.database.store().limits());
	}

	private void pass(long millis) {
		this.database.jdbc().sql("update limit_use set ends_at = ends_at - :millis").param("millis", millis).update();
	}

}
