package io.github.x402sessions.facilitator.deferred.redemption;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.transfer.Parties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * When what is open is taken up, and by whom.
 */
class RedemptionRoundsTests {

	private static final Parties PARTIES = new Parties("C", "p", "r");

	/** Whoever settled by books that have lost payments would make them again. */
	@Test
	void nothingIsRedeemedByBooksThatAreInDoubt() {
		RedemptionRounds rounds = new RedemptionRounds(null, null, null, null, null, null, null, null, true,
				() -> true);
		assertThatCode(() -> rounds.redeem(PARTIES)).as("no worker is asked").doesNotThrowAnyException();
	}

	@Test
	void whatIsOpenBetweenPartiesIsOneWorkersUntilItsTransactionHasEnded() {
		try (TestDatabase database = TestDatabase.sqlite()) {
			TestStore store = database.store();
			store.unitOfWork().perform(() -> store.lending().lend(Map.of(PARTIES, BigInteger.ONE)));
			RedemptionWorkers workers = new RedemptionWorkers(store.redemptions(), 2, Duration.ofSeconds(10));
			List<Instant> begun = new ArrayList<>();
			CompletableFuture<Boolean> transaction = new CompletableFuture<>();
			workers.take(PARTIES, (deadline) -> {
				begun.add(Instant.now());
				return transaction;
			});
			Eventually.isTrue(() -> begun.size() == 1);
			workers.take(PARTIES, (deadline) -> {
				throw new AssertionError("it is in a transaction");
			});
			transaction.complete(true);
			Eventually.isTrue(() -> {
				workers.take(PARTIES, (deadline) -> {
					begun.add(Instant.now());
					return CompletableFuture.failedFuture(new IllegalStateException("it fails"));
				});
				return begun.size() > 1;
			});
			workers.close(Duration.ofSeconds(5));
			assertThatCode(() -> workers.take(PARTIES, (deadline) -> transaction)).doesNotThrowAnyException();
			assertThat(database.jdbc()
				.sql("select lease from deferred_exposure where payer = 'p' and recipient = 'r'")
				.query(String.class)
				.optional()).as("the claim is given back").isEmpty();
		}
	}

}
