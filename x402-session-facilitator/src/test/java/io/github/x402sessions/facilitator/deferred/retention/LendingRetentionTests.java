package io.github.x402sessions.facilitator.deferred.retention;

import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.stellar.transfer.Parties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sums are forgotten when nothing asks for them, and not before.
 */
class LendingRetentionTests {

	private static final long TODAY = 1_000;

	private static final Parties OPEN = new Parties("C", "p", "open");

	private static final Parties PAID = new Parties("C", "p", "paid");

	private static final Parties CLAIMED = new Parties("C", "p", "claimed");

	private static final Parties WRONG = new Parties("C", "p", "wrong");

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void sumsStayWhileACreditOrALimitAsksForThem(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			JdbcClient jdbc = database.jdbc();
			Instant now = Instant.EPOCH.plus(Duration.ofDays(TODAY));
			TestStore store = database.store(Clock.fixed(now, ZoneOffset.UTC));
			day(jdbc, TODAY - 30);
			day(jdbc, TODAY - 31);
			StoredRow.session("k").with("recipient", "wrong").with("reserved", 10).insert(jdbc);
			store.unitOfWork().perform(() -> {
				store.lending()
					.lend(Map.of(OPEN, BigInteger.ONE, PAID, BigInteger.ZERO, CLAIMED, BigInteger.ZERO, WRONG,
							BigInteger.ZERO));
			});
			assertThat(store.redemptions().claim(CLAIMED, Duration.ofMinutes(1))).isTrue();
			assertThat(store.retention().forget()).as("there is more").isFalse();
			assertThat(jdbc.sql("select day from payment_day").query(Long.class).list()).containsExactly(TODAY - 30);
			assertThat(jdbc.sql("select recipient from deferred_exposure where payer <> '' and recipient <> ''")
				.query(String.class)
				.list()).containsExactlyInAnyOrder("open", "claimed", "wrong");
			assertThat(jdbc.sql("select recipient from deferred_exposure where payer = ''").query(String.class).list())
				.as("everybody's and the recipient's")
				.containsExactlyInAnyOrder("", "open");
		}
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void roundsAreSmallUntilThereIsNoMore(Dialect dialect) {
		try (TestDatabase database = TestDatabase.of(dialect)) {
			TestStore store = database.store();
			database.jdbc().sql("""
					insert into payment_day (asset, payer, recipient, day)
					with recursive days (day) as (select 1 union all select day + 1 from days where day < 1200)
					select 'C', 'p', 'r', day from days""").update();
			assertThat(store.retention().forget()).isTrue();
			assertThat(store.retention().forget()).isFalse();
			assertThat(database.jdbc().sql("select count(*) from payment_day").query(Integer.class).single()).isZero();
		}
	}

	private static void day(JdbcClient jdbc, long day) {
		jdbc.sql("insert into payment_day (asset, payer, recipient, day, confirmed) values ('C', 'p', 'r', :day, 5)")
			.param("day", day)
			.update();
	}

}
