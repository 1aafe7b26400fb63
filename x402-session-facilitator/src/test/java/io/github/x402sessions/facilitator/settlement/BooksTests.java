package io.github.x402sessions.facilitator.settlement;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import io.github.x402sessions.facilitator.chain.SignedTransaction;
import io.github.x402sessions.facilitator.chain.Transfer;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.session.SessionStore;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Each step of a settlement is taken at most once, and no sum ever exceeds the cap.
 */
class BooksTests {

	private static final SignedTransaction TRANSACTION = new SignedTransaction("hash", "envelope", "G", 8, 1_045);

	@TempDir
	private Path directory;

	private JdbcClient jdbc;

	private Books books;

	private SessionStore sessions;

	private Session session;

	@BeforeEach
	void open() {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(
				"jdbc:sqlite:" + this.directory.resolve("books.db"));
		Flyway.configure().dataSource(dataSource).locations("classpath:x402/facilitator/migration").load().migrate();
		TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.jdbc = JdbcClient.create(dataSource);
		this.books = new Books(this.jdbc, transactions, Clock.systemUTC());
		this.sessions = new SessionStore(this.jdbc, transactions, Clock.systemUTC());
		this.jdbc.sql("""
				insert into payment_session (id, token_hash, proven, network, approval, approval_ledger, payer, spender,
				asset, recipient, cap, expiration_ledger, created_at, updated_at)
				values ('k', 'h', false, 'n', 'a', 1, 'p', 's', 'C', 'r', 9223372036854775807, 10, 0, 0)""").update();
		this.session = this.sessions.get("k");
	}

	@Test
	void largestAmountsDoNotOverflow() {
		reserve(Long.MAX_VALUE - 1);
		assertRefused(2);
		reserve(1);
		assertRefused(Long.MAX_VALUE);
	}

	@Test
	void outcomeIsWrittenOnce() {
		Settlement settlement = reserve(5);
		this.books.submit(settlement, TRANSACTION, 100);
		assertThat(this.books.close(settlement, Outcome.confirmed(101))).isTrue();
		assertThat(this.books.close(settlement, Outcome.confirmed(101))).isFalse();
		assertThat(this.books.close(settlement, Outcome.dead("late"))).isFalse();
		assertThat(this.sessions.get("k").spent()).isEqualTo(BigInteger.valueOf(5));
		assertThat(this.sessions.get("k").reserved()).isZero();
	}

	@Test
	void whatWasWrittenDownAsSentIsNeverReleased() {
		Settlement settlement = reserve(5);
		this.books.submit(settlement, TRANSACTION, 100);
		assertThat(this.books.close(settlement, Outcome.released("mistake"))).isFalse();
		assertThat(this.sessions.get("k").reserved()).isEqualTo(BigInteger.valueOf(5));
	}

	@Test
	void whatWasReleasedIsNeverSent() {
		Settlement settlement = reserve(5);
		assertThat(this.books.close(settlement, Outcome.released("stop"))).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> this.books.submit(settlement, TRANSACTION, 100));
	}

	@Test
	void supersededSessionReservesNothing() {
		this.sessions.supersede("k");
		assertRefused(5);
	}

	@Test
	void databaseItselfRefusesMoreThanTheCap() {
		reserve(Long.MAX_VALUE);
		assertThatThrownBy(() -> this.jdbc.sql("update payment_session set spent = 1").update())
			.hasMessageContaining("within_cap");
	}

	@Test
	void startReleasesWhatWasNeverSentAndFindsWhatWas() {
		reserve(5);
		Settlement sent = reserve(7);
		Submitted submitted = this.books.submit(sent, TRANSACTION, 100);
		assertThat(this.books.submitted()).containsExactly(submitted);
		List<Settlement> reserved = this.books.reserved();
		assertThat(reserved).hasSize(1);
		this.books.close(reserved.get(0), Outcome.released("the process ended"));
		assertThat(this.sessions.get("k").reserved()).isEqualTo(BigInteger.valueOf(7));
		assertThat(this.jdbc.sql("select status from settlement order by amount").query(String.class).list())
			.containsExactly("RELEASED", "SUBMITTED");
	}

	@Test
	void sessionThatChangedHandsReservesNothingForItsOldBearer() {
		this.jdbc.sql("update payment_session set proven = true").update();
		assertRefused(5);
	}

	@Test
	void identifierPaysOnceButMayBeTriedAgainAfterNothingMoved() {
		PaymentKey key = new PaymentKey("pay_1234567890123", "terms");
		Reservation first = this.books.reserve(this.session, transfer(5), key);
		assertThat(this.books.reserve(this.session, transfer(5), key)).isEqualTo(new Reservation.Repeated());
		assertThat(this.sessions.get("k").reserved()).isEqualTo(BigInteger.valueOf(5));
		this.books.close(((Reservation.Made) first).settlement(), Outcome.released("stop"));
		assertThat(this.books.find("k", key.id())).isEmpty();

		Settlement second = ((Reservation.Made) this.books.reserve(this.session, transfer(5), key)).settlement();
		this.books.submit(second, TRANSACTION, 100);
		assertThat(this.books.find("k", key.id())).contains(new KnownPayment("terms", false, "hash"));
		this.books.close(second, Outcome.confirmed(101));
		assertThat(this.books.find("k", key.id())).contains(new KnownPayment("terms", true, "hash"));
		assertThat(this.books.reserve(this.session, transfer(5), key)).isEqualTo(new Reservation.Repeated());
	}

	@Test
	void refusedPaymentDoesNotTakeItsIdentifier() {
		PaymentKey key = new PaymentKey("pay_1234567890123", "terms");
		this.sessions.supersede("k");
		assertThat(this.books.reserve(this.session, transfer(5), key)).isEqualTo(new Reservation.Refused());
		assertThat(this.books.find("k", key.id())).isEmpty();
	}

	@Test
	void longNoteOfANodeIsCut() {
		Settlement settlement = reserve(5);
		this.books.close(settlement, Outcome.released("x".repeat(5_000)));
		assertThat(this.jdbc.sql("select length(note) from settlement").query(Integer.class).single()).isEqualTo(200);
	}

	private Settlement reserve(long amount) {
		Reservation reservation = this.books.reserve(this.session, transfer(amount), null);
		assertThat(reservation).isInstanceOf(Reservation.Made.class);
		return ((Reservation.Made) reservation).settlement();
	}

	private void assertRefused(long amount) {
		assertThat(this.books.reserve(this.session, transfer(amount), null)).isEqualTo(new Reservation.Refused());
	}

	private static Transfer transfer(long amount) {
		return new Transfer("C", "p", "r", BigInteger.valueOf(amount));
	}

}
