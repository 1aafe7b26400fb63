package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.chain.transfer.Transfer;
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.Reservation;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SettlementRepository;
import io.github.x402sessions.facilitator.store.Nodes;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A node that stops in the middle of a transaction holds the row of a session. The others
 * go on.
 */
class FrozenNodeTests {

	/** More than the pool has connections. */
	private static final int CALLERS = 24;

	private final TestDatabase database = TestDatabase.postgres();

	private final JdbcClient jdbc = this.database.jdbc();

	private final SettlementRepository books = new SettlementRepository(this.jdbc, this.database.transactions(),
			new Nodes(this.jdbc, this.database.clock()), this.database.clock());

	private final SessionRepository sessions = new SessionRepository(this.jdbc, this.database.transactions(),
			this.database.clock());

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	@BeforeEach
	void open() {
		for (String name : new String[] { "held", "free" }) {
			this.jdbc
				.sql("""
						insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender,
						asset, recipient, cap, expiration_ledger, created_at, updated_at)
						values (:name, :name, false, 'n', :name, 1, 'p', 's', 'C', 'r', 1000, 10, 0, 0)""")
				.param("name", name)
				.update();
		}
	}

	@AfterEach
	void close() {
		this.callers.shutdownNow();
		this.database.close();
	}

	@Test
	void rowThatIsHeldKeepsOneConnectionWaitingAndTheServerLetsGoOfIt() throws SQLException {
		try (HikariDataSource other = this.database.pool()) {
			Connection frozen = other.getConnection();
			frozen.setAutoCommit(false);
			frozen.createStatement().execute("update payment_session set reserved = 7 where id = 'held'");
			List<CompletableFuture<Reservation>> waiting = IntStream.range(0, CALLERS)
				.mapToObj((caller) -> CompletableFuture.supplyAsync(() -> reserve("held"), this.callers))
				.toList();
			Eventually.isTrue(() -> locksWaitedFor() == 1);
			assertThat(reserve("free")).isInstanceOf(Reservation.Made.class);
			assertThat(waiting).noneMatch(CompletableFuture::isDone);
			assertThat(locksWaitedFor()).isLessThanOrEqualTo(1);
			assertThat(waiting)
				.allSatisfy((reservation) -> assertThat(reservation.join()).isInstanceOf(Reservation.Made.class));
			assertThatExceptionOfType(SQLException.class).isThrownBy(frozen::commit);
		}
		assertThat(this.sessions.get("held").reserved()).isEqualTo(CALLERS);
	}

	private int locksWaitedFor() {
		return this.jdbc.sql("""
				select count(*) from pg_stat_activity where datname = current_database()
				and wait_event_type = 'Lock'""").query(Integer.class).single();
	}

	private Reservation reserve(String session) {
		return this.books.reserve(this.sessions.get(session), new Transfer("C", "p", "r", BigInteger.ONE),
				new PaymentKey(null, "hash", false), new SettleDeadline(Duration.ofMinutes(1)));
	}

}
