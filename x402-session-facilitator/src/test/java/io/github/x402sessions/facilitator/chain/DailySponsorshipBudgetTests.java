package io.github.x402sessions.facilitator.chain;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DailySponsorshipBudgetTests {

	@Test
	void aDaysBudgetEnds() {
		DailySponsorshipBudget budget = new DailySponsorshipBudget(1_000, 10);
		assertThat(budget.take("A", "1", 600)).isTrue();
		assertThat(budget.take("B", "2", 600)).isFalse();
		assertThat(budget.take("B", "3", 400)).isTrue();
	}

	@Test
	void onePayerGetsOnlySoMany() {
		DailySponsorshipBudget budget = new DailySponsorshipBudget(1_000_000, 2);
		assertThat(budget.take("A", "1", 1)).isTrue();
		assertThat(budget.take("A", "2", 1)).isTrue();
		assertThat(budget.take("A", "3", 1)).isFalse();
		assertThat(budget.take("B", "4", 1)).isTrue();
	}

	@Test
	void anApproveCountsOnce() {
		DailySponsorshipBudget budget = new DailySponsorshipBudget(100, 1);
		assertThat(budget.take("A", "1", 100)).isTrue();
		assertThat(budget.take("A", "1", 100)).isTrue();
	}

}
