package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.nio.file.Path;

import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.scheme.session.SessionFunding;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an end means to whoever waited for it.
 */
class OutcomeResolverTests {

	@Test
	void paymentThatIsKnownToBeMadeIsNotHiddenByADatabaseThatFails(@TempDir Path directory) {
		DriverManagerDataSource broken = new DriverManagerDataSource(
				"jdbc:sqlite:" + directory.resolve("no/such/books.db"));
		SessionRepository sessions = TestStore.sessions(JdbcClient.create(broken));
		SettlementRepository settlements = TestStore.settlements(JdbcClient.create(broken));
		Session session = new Session("k", new SessionTerms("n", "a", "p", "s", "C", "r", BigInteger.TEN, 9, null), 1,
				true, BigInteger.ONE, BigInteger.ZERO, 9, null, BigInteger.ZERO, false);
		SettlementResult result = new OutcomeResolver(settlements).result(
				new SessionFunding(sessions, null, null, null, TestSpenders.named("s"),
						TestSpenders.transfers(TestSpenders.named("s")))
					.account(session),
				new Transfer("C", "p", "r", BigInteger.TWO), "hash", Outcome.confirmed(101), false);
		assertThat(result).isInstanceOfSatisfying(SettlementResult.Settled.class, (settled) -> {
			assertThat(settled.transaction()).isEqualTo("hash");
			assertThat(settled.balance().spent()).isEqualTo(3);
			assertThat(settled.balance().remaining()).isEqualTo(7);
		});
	}

}
