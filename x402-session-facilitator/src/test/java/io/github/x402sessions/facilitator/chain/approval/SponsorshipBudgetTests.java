package io.github.x402sessions.facilitator.chain.approval;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SponsorshipBudgetTests {

	@Test
	void aDaysBudgetEnds() {
		SponsorshipBudget budget = new SponsorshipBudget(1_000, 10);
		assertThat(budget.take("A", "1", 600)).isTrue();
		assertThat(budget.take("B", "2", 600)).isFalse();
		assertThat(budget.take("B", "3", 400)).isTrue();
	}

	@Test
	void onePayerGetsOnlySoMany() {
		SponsorshipBudget budget = new SponsorshipBudget(1_000_000, 2);
		assertThat(budget.take("A", "1", 1)).isTrue();
		assertThat(budget.take("A", "2", 1)).isTrue();
		assertThat(budget.take("A", "3", 1)).isFalse();
		assertThat(budget.take("B", "4", 1)).isTrue();
	}

	@Test
	void anApproveCountsOnce() {
		SponsorshipBudget budget = new SponsorshipBudget(100, 1);
		assertThat(budget.take("A", "1", 100)).isTrue();
		assertThat(budget.take("A", "1", 100)).isTrue();
	}

}
