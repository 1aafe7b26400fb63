package io.github.x402sessions.facilitator.scheme.session;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.facilitator.Burst;
import io.github.x402sessions.facilitator.DatabaseFaults;
import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.session.Session;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hold keeps others out for its time and no longer, whoever asks for it, wherever and
 * however often.
 */
abstract class VerifiedAmountsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private TestDatabase database;

	private VerifiedAmounts holds;

	private Session session;

	abstract TestDatabase database();

	@BeforeEach
	void open() {
		this.database = database();
		StoredRow.session("k").with("cap", 10).insert(this.database.jdbc());
		this.session = this.database.store().sessions().get("k");
		this.holds = new VerifiedAmounts(MINUTE, this.database.store().verifiedHolds());
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void heldAmountIsKeptFromOthersUntilItIsReleased() {
		assertThat(place("first", 7)).isTrue();
		assertThat(place("second", 4)).isFalse();
		assertThat(place("second", 3)).isTrue();
		assertHeld("first", 3);
		assertHeld(null, 10);
		this.holds.release(this.session, "first");
		assertThat(place("third", 7)).isTrue();
	}

	@Test
	void holdThatIsAskedForAgainLastsNoLonger() {
		place("first", 7);
		pass(Duration.ofSeconds(50));
		assertThat(place("first", 6)).isTrue();
		assertHeld(null, 6);
		pass(Duration.ofSeconds(10));
		assertHeld(null, 0);
	}

	@Test
	void sessionOfAHoldThatRanOutGetsNoneForAWhile() {
		place("first", 7);
		pass(Duration.ofSeconds(30));
		place("second", 3);
		pass(Duration.ofSeconds(30));
		assertHeld(null, 3);
		pass(Duration.ofSeconds(30));
		for (int minute = 0; minute < 10; minute++) {
			assertThat(place("stranger" + minute, 10)).as("nobody is refused either").isTrue();
			assertHeld(null, 0);
			pass(MINUTE);
		}
		pass(MINUTE);
		assertThat(place("first", 7)).isTrue();
		assertHeld(null, 7);
	}

	@Test
	void holdThatRanOutIsNotForgottenByItsRelease() {
		place("first", 7);
		pass(MINUTE);
		this.holds.release(this.session, "first");
		assertThat(place("second", 7)).isTrue();
		assertHeld(null, 0);
	}

	@Test
	void holdsThatArePaidInTimeGoOn() {
		for (int call = 0; call < 20; call++) {
			assertThat(place("call" + call, 10)).isTrue();
			assertHeld(null, 10);
			pass(Duration.ofSeconds(50));
			this.holds.release(this.session, "call" + call);
		}
	}

	@Test
	void paymentInTheBooksHoldsNothingBesidesAndHasNotRunOut() {
		place("first", 7);
		StoredRow.settlement("paid", "RESERVED")
			.with("amount", 7)
			.with("payment_id", "first")
			.with("payment_terms", "terms")
			.insert(this.database.jdbc());
		this.database.jdbc().sql("update payment_session set reserved = 7").update();
		assertHeld(null, 0);
		assertThat(place("second", 4)).isFalse();
		assertThat(place("second", 3)).isTrue();
		this.holds.release(this.session, "second");
		pass(MINUTE);
		assertThat(place("third", 3)).isTrue();
		assertHeld(null, 3);
	}

	@Test
	void holdLastsOverARestart() {
		place("first", 7);
		this.database.close();
		try (TestDatabase books = this.database) {
			HikariDataSource pool = books.pool();
			VerifiedAmounts restarted = amounts(pool);
			assertThat(restarted.place(this.session, "second", BigInteger.valueOf(4))).isFalse();
			assertThat(restarted.heldByOthers(this.session, "second")).isEqualTo(7);
			pool.close();
		}
	}

	@Test
	void holdIsPlacedOnceWhateverTheDatabaseDoes() {
		try (DatabaseFaults faults = DatabaseFaults.of(this.database)) {
			faults.strike(() -> StoredRow.session("k").with("cap", 10).insert(this.database.jdbc()),
					() -> new VerifiedAmounts(MINUTE, faults.store().verifiedHolds()).place(this.session, "first",
							BigInteger.TEN));
		}
	}

	@Test
	void burstAtAllNodesHoldsWhatThereIsToTheUnit() throws Exception {
		this.database.jdbc().sql("update payment_session set cap = 1000, spent = 10").update();
		List<HikariDataSource> pools = new ArrayList<>();
		for (int i = 0; i < nodes(); i++) {
			pools.add(this.database.pool());
		}
		try {
			AtomicInteger number = new AtomicInteger();
			assertThat(Burst.of(pools.stream().map(this::amounts).toList(), 16 / nodes(), 6, (amounts) -> amounts
				.place(this.session, "pay_" + number.incrementAndGet(), BigInteger.valueOf(20)))).isEqualTo(49);
			assertHeld(null, 980);
		}
		finally {
			pools.forEach(HikariDataSource::close);
		}
	}

	@Test
	void withoutADurationNothingIsHeldAndNobodyAsked() {
		VerifiedAmounts none = new VerifiedAmounts(Duration.ZERO, null);
		assertThat(none.place(this.session, "first", BigInteger.TEN)).isTrue();
		assertThat(none.heldByOthers(this.session, null)).isZero();
		none.release(this.session, "first");
	}

	@Test
	void whatIsNotAskedForAnyMoreIsForgotten() {
		place("first", 7);
		pass(Duration.ofMinutes(12));
		place("second", 7);
		assertThat(this.holds.holds().forget()).isFalse();
		assertThat(this.database.jdbc().sql("select payment_id from verified_amount").query(String.class).list())
			.containsExactly("second");
	}

	/** How many share the database. */
	abstract int nodes();

	private VerifiedAmounts amounts(HikariDataSource pool) {
		return new VerifiedAmounts(MINUTE, this.database.store(pool).verifiedHolds());
	}

	private boolean place(String paymentId, long amount) {
		return this.holds.place(this.session, paymentId, BigInteger.valueOf(amount));
	}

	private void assertHeld(String besides, long amount) {
		assertThat(this.holds.heldByOthers(this.session, besides)).isEqualTo(amount);
	}

	private void pass(Duration time) {
		this.database.jdbc()
			.sql("update verified_amount set ends_at = ends_at - :millis, noted_until = noted_until - :millis")
			.param("millis", time.toMillis())
			.update();
	}

}
