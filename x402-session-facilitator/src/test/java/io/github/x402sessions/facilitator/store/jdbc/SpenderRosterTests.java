package io.github.x402sessions.facilitator.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.AdvancingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A spender is another node's for as long as that one is alive, and a while longer.
 */
class SpenderRosterTests {

	@Test
	void whatLivingNodesHoldIsKnownToTheOthers() {
		try (TestDatabase database = TestDatabase.postgres()) {
			TestStore one = database.store();
			TestStore other = database.store();
			one.nodes().beat();
			other.nodes().beat();
			one.roster().tell(List.of("A", "B"));
			one.roster().tell(List.of("A", "B"));
			assertThat(other.roster().isHeldElsewhere("B")).isTrue();
			assertThat(one.roster().isHeldElsewhere("B")).as("its own").isFalse();
			assertThat(other.roster().nodesWithout("B")).isZero();
			assertThat(one.roster().nodesWithout("B")).as("the other has said nothing").isOne();
			other.roster().tell(List.of("B"));
			assertThat(one.roster().nodesWithout("B")).isZero();
		}
	}

	@Test
	void whatANodeHoldsThatStartsAgainIsNotForgotten() {
		try (TestDatabase database = TestDatabase.postgres()) {
			AdvancingClock clock = AdvancingClock.stopped(Instant.EPOCH.plusSeconds(1));
			TestStore one = database.store(clock);
			TestStore other = database.store(clock);
			one.nodes().beat();
			one.roster().tell(List.of("A"));
			clock.advance(Duration.ofMinutes(5));
			one.roster().tell(List.of("A"));
			one.nodes().leave();
			clock.advance(Duration.ofMinutes(10));
			other.roster().tell(List.of("B"));
			assertThat(other.roster().isHeldElsewhere("A")).isTrue();
			clock.advance(Duration.ofMillis(1));
			assertThat(other.roster().isHeldElsewhere("A")).isFalse();
			other.roster().tell(List.of("B"));
			assertThat(database.jdbc().sql("select count(*) from node_spender").query(Integer.class).single()).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void spendersThatSessionsRestOnAreNeeded(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			StoredRow.session("lives").with("spender", "A").with("expiration_ledger", 100).insert(database.jdbc());
			StoredRow.session("over").with("spender", "B").with("expiration_ledger", 99).insert(database.jdbc());
			StoredRow.session("owes")
				.with("spender", "C")
				.with("expiration_ledger", 99)
				.with("reserved", 1)
				.insert(database.jdbc());
			assertThat(database.store().roster().needed(100)).containsExactly("A", "C");
		}
	}

}
