package io.github.x402sessions.facilitator.chain;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.Burst;
import io.github.x402sessions.facilitator.DatabaseFaults;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class DailySponsorshipBudgetTests {

	private final TestDatabase database = TestDatabase.sqlite();

	private final TestStore store = this.database.store();

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void aDaysBudgetEnds() {
		DailySponsorshipBudget budget = budget(1_000, 10);
		assertThat(budget.take("A", "1", 600)).isTrue();
		assertThat(budget.take("B", "2", 600)).isFalse();
		assertThat(budget.take("B", "3", 400)).isTrue();
	}

	@Test
	void onePayerGetsOnlySoMany() {
		DailySponsorshipBudget budget = budget(1_000_000, 2);
		assertThat(budget.take("A", "1", 1)).isTrue();
		assertThat(budget.take("A", "2", 1)).isTrue();
		assertThat(budget.take("A", "3", 1)).isFalse();
		assertThat(budget.take("B", "4", 1)).isTrue();
	}

	@Test
	void anApproveCountsOnce() {
		DailySponsorshipBudget budget = budget(100, 1);
		assertThat(budget.take("A", "1", 100)).isTrue();
		assertThat(budget.take("A", "1", 100)).isTrue();
		assertThat(budget(100, 1).take("A", "1", 100)).as("after a restart").isTrue();
	}

	@Test
	void whatDoesNotFitIsCountedNowhere() {
		DailySponsorshipBudget budget = budget(1_000, 2);
		assertThat(budget.take("A", "1", 1_001)).isFalse();
		assertThat(budget.take("A", "2", 1)).isTrue();
		assertThat(budget.take("A", "3", 999)).as("neither its payer's nor all of it").isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void approveIsCountedForAllOrForNobodyWhateverTheDatabaseDoes(Dialect dialect) {
		try (TestDatabase books = TestDatabase.of(dialect); DatabaseFaults faults = DatabaseFaults.of(books)) {
			faults.strike(() -> {
			}, () -> new DailySponsorshipBudget(100, 1, faults.store().unitOfWork(), faults.store().limits()).take("P",
					"1", 7));
		}
	}

	@Test
	void burstAtFourNodesBidsTheBudgetToTheUnit() throws Exception {
		try (TestDatabase shared = TestDatabase.postgres()) {
			List<HikariDataSource> pools = Stream.generate(shared::pool).limit(4).toList();
			AtomicInteger number = new AtomicInteger();
			assertThat(Burst.of(budgets(shared, pools, 140), 3, 10, (budget) -> {
				int approve = number.incrementAndGet();
				return budget.take("payer" + approve % 20, "approve" + approve, 7);
			})).as("of everybody").isEqualTo(20);
			assertThat(shared.jdbc()
				.sql("select used from limit_use where limit_name = 'approve-fees'")
				.query(Long.class)
				.single()).isEqualTo(140);
			assertThat(Burst.of(budgets(shared, pools, 1_000_000), 3, 4,
					(budget) -> budget.take("P", "p" + number.incrementAndGet(), 7)))
				.as("of one payer")
				.isEqualTo(2);
			pools.forEach(HikariDataSource::close);
		}
	}

	private static List<DailySponsorshipBudget> budgets(TestDatabase database, List<HikariDataSource> nodes,
			long stroops) {
		return nodes.stream()
			.map(database::store)
			.map((node) -> new DailySponsorshipBudget(stroops, 2, node.unitOfWork(), node.limits()))
			.toList();
	}

	private DailySponsorshipBudget budget(long stroops, long perPayer) {
		return new DailySponsorshipBudget(stroops, perPayer, this.store.unitOfWork(), this.store.limits());
	}

}
