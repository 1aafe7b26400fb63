package io.github.x402sessions.facilitator.settlement.funding;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several schemes that keep sums.
 */
class CompositeFundingTests {

	private final List<String> steps = new ArrayList<>();

	private final CompositeFunding funding = new CompositeFunding(List.of(new Noted("a", true), new Noted("b", false)));

	@Test
	void everySchemeFollowsUp() {
		this.funding.release("s");
		this.funding.releaseAll("t");
		this.funding.consumeAll("u");
		this.funding.lock("v");
		this.funding.uncount("v");
		this.funding.recount("w");
		assertThat(this.steps).containsExactly("a release s", "b release s", "a releaseAll t", "b releaseAll t",
				"a consumeAll u", "b consumeAll u", "a lock v", "b lock v", "a uncount v", "b uncount v", "a recount w",
				"b recount w");
	}

	@Test
	void sumsOfAllAreMendedThoughThoseOfTheFirstWereWrong() {
		assertThat(this.funding.mend("x")).isTrue();
		assertThat(this.steps).containsExactly("a mend x", "b mend x");
		assertThat(new CompositeFunding(List.of(new Noted("b", false))).mend("x")).isFalse();
	}

	private final class Noted implements SettlementFunding {

		private final String name;

		private final boolean wrong;

		Noted(String name, boolean wrong) {
			this.name = name;
			this.wrong = wrong;
		}

		@Override
		public void release(String settlement) {
			note("release " + settlement);
		}

		@Override
		public void carryAll(String transaction) {
			note("carryAll " + transaction);
		}

		@Override
		public void releaseAll(String transaction) {
			note("releaseAll " + transaction);
		}

		@Override
		public void consumeAll(String transaction) {
			note("consumeAll " + transaction);
		}

		@Override
		public void lock(String transaction) {
			note("lock " + transaction);
		}

		@Override
		public void uncount(String transaction) {
			note("uncount " + transaction);
		}

		@Override
		public void recount(String transaction) {
			note("recount " + transaction);
		}

		@Override
		public boolean mend(String account) {
			note("mend " + account);
			return this.wrong;
		}

		private void note(String step) {
			CompositeFundingTests.this.steps.add(this.name + " " + step);
		}

	}

}
