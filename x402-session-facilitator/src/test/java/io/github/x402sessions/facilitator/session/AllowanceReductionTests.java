package io.github.x402sessions.facilitator.session;

import java.math.BigInteger;
import java.util.List;

import io.github.x402sessions.stellar.balance.Allowance;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which sessions go when an allowance does not carry all of them.
 */
class AllowanceReductionTests {

	private static final Session OLD = session("old", 40, 0, 0, null);

	private static final Session BIG = session("big", 100, 20, 0, null);

	private static final Session NEW = session("new", 30, 0, 0, null);

	@Test
	void nothingGoesWhileAllAreCarried() {
		assertThat(cuts(150, OLD, BIG, NEW).isNothing()).isTrue();
		assertThat(cuts(0).isNothing()).isTrue();
	}

	@Test
	void oldestGoesFirstUntilTheRestFits() {
		assertThat(cuts(149, OLD, BIG, NEW).ended()).containsExactly(OLD);
		assertThat(cuts(109, OLD, BIG, NEW).ended()).containsExactly(OLD, BIG);
	}

	@Test
	void whatIsMoreThanAllThatIsCarriedGoesBeforeWhatIsOlder() {
		assertThat(cuts(70, OLD, BIG, NEW).ended()).containsExactly(BIG);
		assertThat(cuts(0, OLD, BIG, NEW).ended()).containsExactly(OLD, BIG, NEW);
	}

	@Test
	void whatIsOnItsWayIsStillCarriedAndWhatHasEndedDoesNotEndAgain() {
		Session moving = session("moving", 50, 0, 10, null);
		Session ended = session("ended", 50, 0, 10, SessionEnd.CLOSED);
		assertThat(cuts(100, moving, ended, OLD).isNothing()).isTrue();
		assertThat(cuts(99, moving, ended, OLD).ended()).containsExactly(moving);
		assertThat(cuts(59, moving, ended, OLD).ended()).containsExactly(moving, OLD);
	}

	@Test
	void whatGoesOnEndsWithTheAllowance() {
		Allowance earlier = new Allowance(BigInteger.valueOf(70), 800, 100);
		AllowanceReduction cuts = AllowanceReduction.of(List.of(OLD, BIG, NEW), earlier.amount(), earlier,
				SessionEnd.UNCOVERED);
		assertThat(cuts.shortened()).containsExactly(OLD, NEW);
		assertThat(cuts.lastLedger()).isEqualTo(800);
	}

	private static AllowanceReduction cuts(long carried, Session... sessions) {
		Allowance allowance = new Allowance(BigInteger.valueOf(carried), 900, 100);
		return AllowanceReduction.of(List.of(sessions), allowance.amount(), allowance, SessionEnd.UNCOVERED);
	}

	private static Session session(String key, long cap, long spent, long reserved, SessionEnd end) {
		SessionTerms terms = new SessionTerms("n", key, "p", "s", "a", "r", BigInteger.valueOf(cap), 900, null);
		return new Session(key, terms, 1, true, BigInteger.valueOf(spent), BigInteger.valueOf(reserved), 900, end,
				BigInteger.ZERO, false);
	}

}
