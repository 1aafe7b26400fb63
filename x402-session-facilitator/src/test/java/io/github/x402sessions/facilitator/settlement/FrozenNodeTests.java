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
import io.github.x402sessions.facilitator.session.SessionRepository;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.settlement.repository.Reservation;
import io.github.x402sessions.facilitator.settlement.repository.SettleDeadline;
import io.github.x402sessions.facilitator.settlement.repository.SettlementBooks;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.transfer.Transfer;
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

	private final TestStore store = this.database.store();

	private final SettlementBooks books = this.store.books();

	private final SessionRepository sessions = this.store.sessions();

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	@BeforeEach
	void open() {
		for (String name : new String[] { "held", "free" }) {
			StoredRow.session(name).with("proven", false).insert(this.jdbc);
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
		return this.books.reserve(
				this.store.order(this.sessions.get(session), new Transfer("C", "p", "r", BigInteger.ONE)),
				new PaymentKey(null, "hash", false), new SettleDeadline(Duration.ofMinutes(1)));
	}

}
