package io.github.x402sessions.facilitator.deferred;

import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.settlement.funding.RecipientLimits;
import io.github.x402sessions.facilitator.settlement.repository.OutcomeDelivery;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.facilitator.store.jdbc.database.Migrations;
import io.github.x402sessions.stellar.transfer.Transfer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long commitments take that are written together, by how many they are. All nodes
 * write one group after the other, as each holds the sum of what is lent altogether. No
 * test: run by hand, it prints figures of {@code docs/scale.md}. PostgreSQL waits for its
 * disk as it does where money is kept.
 */
class GroupRun {

	private static final int PAYERS = 256;

	private static final int ROUNDS = 60;

	private static final BigInteger MUCH = BigInteger.TEN.pow(15);

	private static final ExposureLimits LIMITS = new ExposureLimits(MUCH, MUCH, MUCH, MUCH);

	@Test
	void postgres() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("full_page_writes", "on")
			.setServerConfig("synchronous_commit", "on")
			.start();
				HikariDataSource pool = DatabasePool.pool(server.getJdbcUrl("postgres", "postgres"), "postgres", "")) {
			Migrations.run(pool);
			JdbcClient jdbc = DatabasePool.jdbc(pool, Dialect.POSTGRESQL);
			TestStore store = new TestStore(jdbc, DatabasePool.transactions(pool, Dialect.POSTGRESQL),
					Dialect.POSTGRESQL, Clock.systemUTC());
			store.nodes().beat();
			for (int i = 0; i < PAYERS; i++) {
				StoredRow.session("k" + i)
					.with("payer", "payer" + i)
					.with("cap", 1_000_000_000)
					.with("expiration_ledger", 1_000)
					.insert(jdbc);
			}
			for (int size : new int[] { 256, 1, 4, 16, 64, 256 }) {
				measure(store, size);
			}
		}
	}

	private static void measure(TestStore store, int size) {
		CommitmentBatch batch = new CommitmentBatch(store.unitOfWork(), store.accounts(), store.lending(), LIMITS,
				RecipientLimits.NONE);
		long[] nanos = new long[ROUNDS];
		for (int round = 0; round < ROUNDS; round++) {
			List<CommitmentOrder> orders = new ArrayList<>();
			for (int i = 0; i < size; i++) {
				orders.add(order(store, store.sessions().get("k" + (round * size + i) % PAYERS)));
			}
			long begun = System.nanoTime();
			assertThat(batch.commit(orders)).hasSize(size);
			nanos[round] = System.nanoTime() - begun;
		}
		Arrays.sort(nanos);
		double millis = nanos[ROUNDS / 2] / 1e6;
		System.out.printf("%d together: %.2f ms at the median, %.2f at the least: %.0f a second of all nodes%n", size,
				millis, nanos[0] / 1e6, size * 1_000 / millis);
	}

	private static CommitmentOrder order(TestStore store, Session session) {
		Transfer transfer = new Transfer(session.terms().asset(), session.terms().payer(), session.terms().recipient(),
				BigInteger.ONE);
		Commitment commitment = new Commitment(CommitmentId.next(), session.key(), transfer, 900);
		return new CommitmentOrder(commitment, store.account(session),
				new PaymentKey("pay_" + UUID.randomUUID(), "t".repeat(64), false),
				new OutcomeDelivery(UUID.randomUUID().toString(), session.key(), commitment.id(), true, false),
				new PayerFunds(100, MUCH, MUCH), null);
	}

}
