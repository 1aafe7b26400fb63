package io.github.x402sessions.facilitator.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.Burst;
import io.github.x402sessions.facilitator.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A limit is one limit, whoever counts: in a period no more is used than it has, and
 * nothing less.
 */
abstract class SharedLimitTests {

	private static final int CALLERS = 6;

	private static final PeriodLimit CALLS = PeriodLimit.perMinute("calls", 50);

	private final List<HikariDataSource> pools = new ArrayList<>();

	private TestDatabase database;

	abstract TestDatabase database();

	@BeforeEach
	void open() {
		this.database = database();
	}

	@AfterEach
	void close() {
		this.pools.forEach(HikariDataSource::close);
		this.database.close();
	}

	@Test
	void burstAtAllNodesUsesWhatThereIsToTheUnit() throws Exception {
		for (int nodes : nodes()) {
			String who = "session of " + nodes;
			List<SharedLimit> limits = limits(nodes, CALLS);
			assertThat(Burst.of(limits, CALLERS, 40, (limit) -> limit.take(who))).isEqualTo(50);
			assertThat(limits).noneMatch((limit) -> limit.allows(who));
			assertThat(limits).as("another's").allMatch((limit) -> limit.allows("another of " + nodes));
		}
	}

	@Test
	void burstOfUnequalAmountsLeavesLessThanTheLeast() throws Exception {
		PeriodLimit stroops = PeriodLimit.perDay("fees", 1_000);
		List<SharedLimit> limits = limits(nodes()[0], stroops);
		long sevens = 7 * Burst.of(limits, CALLERS, 12, (limit) -> limit.take("all", 7));
		long threes = 3 * Burst.of(limits, CALLERS, 400, (limit) -> limit.take("all", 3));
		assertThat(sevens + threes).isBetween(998L, 1_000L);
		assertThat(uses(0).read(stroops, "all").map(PeriodUse::used)).hasValue(sevens + threes);
	}

	@Test
	void periodBeginsWithItsFirstUseAndAnotherOneAfterItsEnd() {
		SharedLimit limit = limits(1, CALLS).get(0);
		assertThat(limit.take("a", 49)).isTrue();
		assertThat(limit.take("a", 2)).isFalse();
		assertThat(limit.left("a")).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
		pass(Duration.ofSeconds(40));
		assertThat(limit.take("a", 1)).isTrue();
		assertThat(uses(0).read(CALLS, "a").map(PeriodUse::used)).hasValue(50L);
		pass(Duration.ofSeconds(20));
		assertThat(limits(1, CALLS).get(0).take("a", 50)).as("nothing of the first is left").isTrue();
		assertThat(uses(0).read(CALLS, "a").map(PeriodUse::used)).hasValue(50L);
	}

	@Test
	void burstAtTheEndOfAPeriodBeginsOneAndNotTwo() throws Exception {
		for (int nodes : nodes()) {
			List<SharedLimit> limits = limits(nodes, CALLS);
			String who = "session of " + nodes;
			assertThat(limits.get(0).take(who, 50)).isTrue();
			pass(Duration.ofMinutes(1));
			assertThat(Burst.of(limits, CALLERS, 40, (limit) -> limit.take(who))).isEqualTo(50);
		}
	}

	@Test
	void whatIsUsedIsUsedAfterARestart() {
		PeriodLimit budget = PeriodLimit.perDay("fees", 1_000);
		assertThat(limits(1, budget).get(0).take("all", 900)).isTrue();
		this.pools.forEach(HikariDataSource::close);
		SharedLimit restarted = limits(1, budget).get(0);
		assertThat(restarted.take("all", 101)).isFalse();
		assertThat(restarted.take("all", 100)).isTrue();
	}

	@Test
	void nodeWithAnotherClockCountsLikeTheOthers() {
		Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
		SharedLimit here = limits(1, CALLS).get(0);
		SharedLimit there = new SharedLimit(CALLS, this.database.store(ahead).limits());
		assertThat(here.take("a", 30)).isTrue();
		assertThat(there.take("a", 20)).isTrue();
		assertThat(there.take("a")).isFalse();
		assertThat(here.take("a")).isFalse();
	}

	@Test
	void whatIsTakenBackIsFreeInItsOwnPeriodOnly() {
		SharedLimit limit = limits(1, PeriodLimit.perMinute("calls", 1)).get(0);
		Runnable first = limit.tryTake("a").orElseThrow();
		first.run();
		Runnable second = limit.tryTake("a").orElseThrow();
		pass(Duration.ofMinutes(1));
		assertThat(limit.take("a")).isTrue();
		second.run();
		assertThat(limit.take("a")).isFalse();
	}

	@Test
	void whereThereIsNoLimitNobodyIsAsked() {
		SharedLimit none = new SharedLimit(PeriodLimit.perMinute("calls", 0), null);
		assertThat(none.allows("a")).isTrue();
		assertThat(none.take("a")).isTrue();
		none.tryTake("a").orElseThrow().run();
	}

	@Test
	void withoutItsDatabaseNothingIsCountedAndNobodyLetThrough() {
		SharedLimit limit = limits(1, CALLS).get(0);
		assertThat(limit.take("a")).isTrue();
		this.pools.forEach(HikariDataSource::close);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> limit.take("a"));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> limit.allows("a"));
	}

	@Test
	void whoeverIsKnownToHaveUsedAllCostsTheDatabaseNothing() {
		SharedLimit limit = limits(1, CALLS).get(0);
		assertThat(limit.take("a", 50)).isTrue();
		assertThat(limit.take("a")).isFalse();
		this.pools.forEach(HikariDataSource::close);
		assertThat(limit.take("a")).isFalse();
		assertThat(limit.allows("a", 2)).isFalse();
	}

	@Test
	void periodsThatHaveEndedAreForgotten() {
		SharedLimit limit = limits(1, CALLS).get(0);
		limit.take("old");
		pass(Duration.ofMinutes(2));
		limit.take("new");
		assertThat(uses(0).forget()).isFalse();
		assertThat(this.database.jdbc().sql("select who from limit_use").query(String.class).list())
			.containsExactly("new");
	}

	/** How many nodes there may be. */
	abstract int[] nodes();

	private List<SharedLimit> limits(int nodes, PeriodLimit limit) {
		this.pools.forEach(HikariDataSource::close);
		this.pools.clear();
		List<SharedLimit> limits = new ArrayList<>();
		for (int i = 0; i < nodes; i++) {
			this.pools.add(this.database.pool());
			limits.add(new SharedLimit(limit, uses(i)));
		}
		return limits;
	}

	/** Those of a process of its own, with its own connections. */
	private LimitUses uses(int node) {
		return this.database.store(this.pools.get(node)).limits();
	}

	private void pass(Duration time) {
		this.database.jdbc()
			.sql("update limit_use set ends_at = ends_at - :millis")
			.param("millis", time.toMillis())
			.update();
	}

}
