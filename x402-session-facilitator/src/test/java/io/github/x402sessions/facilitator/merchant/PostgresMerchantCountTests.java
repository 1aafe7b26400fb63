package io.github.x402sessions.facilitator.merchant;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.facilitator.Burst;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts of merchants in PostgreSQL, where whoever takes several rows takes them in one
 * order: what is counted before the sums of sessions, merchant by merchant.
 */
class PostgresMerchantCountTests extends MerchantCountTests {

	@Override
	TestDatabase database() {
		return TestDatabase.postgres();
	}

	@Test
	void transactionThatFailsWaitsForWhatIsCountedWithNothingInItsHands() {
		List<String> users = reserveAgainstTheOrder();
		SubmittedTransaction transaction = carry();
		CompletableFuture<Boolean> closed = whileCounted(users, () -> books().close(transaction, Outcome.failed(100)));
		assertThat(closed.join()).isTrue();
		assertThat(used(this.shop)).isZero();
		assertThat(used(this.other)).isZero();
	}

	@Test
	void endThatIsCorrectedWaitsTheSameWay() {
		List<String> users = reserveAgainstTheOrder();
		SubmittedTransaction transaction = carry();
		books().close(transaction, Outcome.failed(100));
		CompletableFuture<Boolean> corrected = whileCounted(users,
				() -> books().correct(transaction.hash(), "FAILED", Outcome.confirmed(100)).isPresent());
		assertThat(corrected.join()).isTrue();
		assertThat(used(this.shop)).isEqualTo(10);
		assertThat(used(this.other)).isEqualTo(10);
	}

	@Test
	void burstBesideATransactionThatFailsCountsToTheUnit() throws Exception {
		reserve("l", this.other, 10);
		reserve("k", this.shop, 10);
		SubmittedTransaction transaction = carry();
		AtomicInteger calls = new AtomicInteger();
		long could = Burst.of(List.of("k", "l"), 3, 4,
				(session) -> (calls.incrementAndGet() == 6) ? books().close(transaction, Outcome.dead("late"))
						: reserve(session, session.equals("k") ? this.shop : this.other, 10) != null);
		assertThat(used(this.shop) + used(this.other)).isEqualTo(10 * (could - 1));
		assertThat(reserved()).isEqualTo(10 * (could - 1));
		Stream.of("k", "l").forEach((session) -> assertThat(books().mendSums(session)).isFalse());
	}

	/** The settlement of the later one comes first. */
	private List<String> reserveAgainstTheOrder() {
		boolean shopIsLater = user(this.shop).compareTo(user(this.other)) > 0;
		Runnable shop = () -> reserve("k", this.shop, 10);
		Runnable other = () -> reserve("l", this.other, 10);
		Stream.of(shopIsLater ? shop : other, shopIsLater ? other : shop).forEach(Runnable::run);
		return Stream.of(user(this.shop), user(this.other)).sorted().toList();
	}

	/**
	 * Count for the first, see whoever waits for that, and take what comes after it: the
	 * other one and all sessions.
	 */
	private CompletableFuture<Boolean> whileCounted(List<String> users, Supplier<Boolean> other) {
		return this.database.whileLocked("update limit_use set used = used where who = '" + users.get(0) + "'", other,
				() -> {
					assertThat(jdbc().sql("select used from limit_use for update skip locked").query(Long.class).list())
						.as("one of all")
						.hasSize(2);
					assertThat(jdbc().sql("select reserved from payment_session for update skip locked")
						.query(Long.class)
						.list()).hasSize(2);
				});
	}

	private long reserved() {
		return jdbc().sql("select sum(reserved) from payment_session").query(Long.class).single();
	}

}
