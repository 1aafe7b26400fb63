package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.DatabaseFaults;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever call to the database fails while payments are committed: whoever is told of
 * one has its row on disk, and its sums with it.
 */
class CommitmentFaultTests {

	private static final BigInteger MUCH = BigInteger.TEN.pow(9);

	private static final ExposureLimits LIMITS = new ExposureLimits(MUCH, MUCH, MUCH, MUCH);

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void nobodyIsToldOfWhatIsNotWritten(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect); DatabaseFaults faults = DatabaseFaults.of(database)) {
			JdbcClient sound = database.jdbc();
			TestStore store = faults.store();
			faults.strike(() -> prepare(sound), () -> {
				Map<String, CommitmentResult> told = new CommitmentBatch(store.unitOfWork(), store.accounts(),
						store.lending(), LIMITS, RecipientLimits.NONE)
					.commit(List.of(order(store, "first", 3), order(store, "second", 4)));
				told.keySet().forEach((id) -> assertThat(count(sound, id)).as("the row of %s", id).isOne());
				assertThat(sum(sound, "select amount from deferred_exposure where payer = ''  and recipient = ''"))
					.isEqualTo(sum(sound, "select sum(amount) from settlement where status = 'COMMITTED'"))
					.isEqualTo(sum(sound, "select committed from payment_session"));
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void whatATransactionPaysIsLentNoLongerOrNotPaid(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect); DatabaseFaults faults = DatabaseFaults.of(database)) {
			JdbcClient sound = database.jdbc();
			TestStore healthy = database.store();
			TestStore store = faults.store();
			SubmittedTransaction submitted = new SubmittedTransaction(
					new SignedTransaction("hash", "envelope", "source", 8, 1_045), 100, null);
			faults.strike(() -> {
				prepare(sound);
				new CommitmentBatch(healthy.unitOfWork(), healthy.accounts(), healthy.lending(), LIMITS,
						RecipientLimits.NONE)
					.commit(List.of(order(healthy, "first", 3)));
				healthy.transactions().add(submitted);
				healthy.settlements().carryCommitted(List.of("first"), "hash");
				healthy.sums().carry("hash");
			}, () -> store.books().close(submitted, Outcome.confirmed(101)));
		}
	}

	private static void prepare(JdbcClient jdbc) {
		StoredRow.session("k").with("proven", false).with("cap", 100).with("expiration_ledger", 1_000).insert(jdbc);
	}

	private static CommitmentOrder order(TestStore store, String id, long amount) {
		Session session = store.sessions().get("k");
		return new CommitmentOrder(
				new Commitment(id, "k", new Transfer("C", "p", "r", BigInteger.valueOf(amount)), 900),
				store.account(session), new PaymentKey("pay_of_the_" + id, "terms", true), null,
				new PayerFunds(100, MUCH, MUCH), null);
	}

	private static int count(JdbcClient jdbc, String id) {
		return jdbc.sql("select count(*) from settlement where id = :id").param("id", id).query(Integer.class).single();
	}

	private static long sum(JdbcClient jdbc, String sql) {
		return jdbc.sql(sql).query(Long.class).optional().orElse(0L);
	}

}
