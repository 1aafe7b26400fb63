package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;

import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.session.SessionTerms;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an end means to whoever waited for it.
 */
class OutcomeResolverTests {

	@Test
	void paymentThatIsKnownToBeMadeIsNotHiddenByADatabaseThatFails(@TempDir Path directory) {
		DriverManagerDataSource broken = new DriverManagerDataSource(
				"jdbc:sqlite:" + directory.resolve("no/such/books.db"));
		SessionRepository sessions = new SessionRepository(JdbcClient.create(broken),
				new TransactionTemplate(new JdbcTransactionManager(broken)), Clock.systemUTC());
		SettlementRepository books = new SettlementRepository(JdbcClient.create(broken), null, null, Clock.systemUTC());
		Session session = new Session("k", new SessionTerms("n", "a", "p", "s", "C", "r", BigInteger.TEN, 9), 1, true,
				BigInteger.ONE, BigInteger.ZERO, 9, null);
		SettlementResult result = new OutcomeResolver(books, sessions, null, null).result(session,
				new Transfer("C", "p", "r", BigInteger.TWO), "hash", Outcome.confirmed(101), false);
		assertThat(result).isInstanceOfSatisfying(SettlementResult.Settled.class, (settled) -> {
			assertThat(settled.transaction()).isEqualTo("hash");
			assertThat(settled.session().spent()).isEqualTo(3);
			assertThat(settled.session().remaining()).isEqualTo(7);
		});
	}

}
