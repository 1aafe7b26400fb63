package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.deferred.redemption.RedemptionRepository;
import io.github.x402sessions.facilitator.session.SessionEnd;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.stellar.balance.AllowanceKey;
import io.github.x402sessions.stellar.transfer.Parties;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a facilitator asks of its database is found by an index, however many sessions,
 * settlements and transactions there are. Only commands read whole tables, page by page.
 */
class StatementPlanTests {

	private static final String KEY = "a-long-random-secret";

	private static final String LARGE = "(settlement|payment_session|chain_transaction)";

	private static final Pattern SQLITE_SCAN = Pattern.compile("SCAN (\\w+ )?" + LARGE + "\\b.*|SCAN [spt]\\b.*");

	private static final Pattern ENDED = Pattern
		.compile("(?<!t\\.)(?<!set )status (= '|in \\([^)]*')(CONFIRMED|FAILED|DEAD|RELEASED|WRITTEN_OFF)'");

	private static final Pattern POSTGRES_SCAN = Pattern.compile(".*Seq Scan on " + LARGE + "\\b.*");

	@Test
	void everyStatementIsAnsweredByAnIndexOfSqlite() throws SQLException {
		try (TestDatabase database = TestDatabase.sqlite()) {
			assertPlans(database, (sql) -> "explain query plan " + sql, "detail",
					(sql, step) -> (SQLITE_SCAN.matcher(step).matches() && !isOfWhatIsOpen(step))
							|| isSoughtAmongAll(sql, step));
		}
	}

	@Test
	void everyStatementIsAnsweredByAnIndexOfPostgres() throws SQLException {
		try (TestDatabase database = TestDatabase.postgres()) {
			database.jdbc().sql("set enable_seqscan = off").update();
			assertPlans(database, StatementPlanTests::generic, "QUERY PLAN",
					(sql, step) -> POSTGRES_SCAN.matcher(step).matches());
		}
	}

	/** Whether an index is read that has no more than what is open at the time. */
	private static boolean isOfWhatIsOpen(String step) {
		return step.endsWith("INDEX payment_session_reserving");
	}

	/**
	 * Whether a payment without an identifier is looked for in all that have none, or
	 * anything in all that ever came to the same end, or what is given up in all that is
	 * open.
	 */
	private static boolean isSoughtAmongAll(String sql, String step) {
		return (sql.contains("payment_id is null and payment_terms = ?")
				&& step.contains("one_settlement_per_identifier"))
				|| (step.contains("settlement_status")
						&& (ENDED.matcher(sql).find() || sql.contains("set status = 'WRITTEN_OFF'")));
	}

	private static void assertPlans(TestDatabase database, UnaryOperator<String> explain, String column,
			BiPredicate<String, String> scan) throws SQLException {
		Map<String, List<String>> scans = new TreeMap<>();
		for (String sql : statements(database)) {
			List<String> plan = plan(database, explain.apply(sql), column);
			if (plan.stream().map(String::strip).anyMatch((step) -> scan.test(sql, step))) {
				scans.put(sql, plan);
			}
		}
		assertThat(scans).isEmpty();
	}

	private static List<String> plan(TestDatabase database, String explained, String column) {
		return database.transactions().execute((status) -> {
			JdbcClient jdbc = database.jdbc();
			String[] steps = explained.split(";");
			for (int i = 0; i < steps.length - 1; i++) {
				jdbc.sql(steps[i]).update();
			}
			List<String> plan = jdbc.sql(steps[steps.length - 1]).query((row, number) -> row.getString(column)).list();
			status.setRollbackOnly();
			return plan;
		});
	}

	/** As PostgreSQL plans a statement that it keeps, whatever it is given. */
	private static String generic(String sql) {
		AtomicInteger number = new AtomicInteger();
		String numbered = Pattern.compile("\\?").matcher(sql).replaceAll((match) -> "\\$" + number.incrementAndGet());
		String nulls = IntStream.range(0, number.get()).mapToObj((i) -> "null").collect(Collectors.joining(", "));
		return "deallocate all;set local enable_seqscan = off;set local plan_cache_mode = force_generic_plan;prepare asked as "
				+ numbered + ";explain execute asked" + (nulls.isEmpty() ? "" : "(" + nulls + ")");
	}

	private static void defer(FacilitatorEnvironment environment, String session) {
		Map<String, Object> payment = Payments.identified(
				Payments.of(environment, session,
						Map.of("amount", "1000", "extra",
								Map.of("spender", environment.spender.getAccountId(), "settlement", "deferred"))),
				"pay_of_a_commitment");
		assertThat(environment.client.verify(payment).text("extensions/session/settlement")).isEqualTo("deferred");
		String commitment = environment.client.settle(payment).text("transaction");
		assertThat(environment.client.get("/settlements/" + commitment).text("status")).isEqualTo("committed");
	}

	/** A stream is paid for what it has delivered, another one for nothing. */
	private static void meter(FacilitatorEnvironment environment, String session) {
		Map<String, Object> first = Commitments.of(environment, session, "pay_of_one_stream_1", "1000");
		assertThat(environment.client.post("/hold", first).status()).isEqualTo(200);
		assertThat(
				environment.client.settle(Commitments.of(environment, session, "pay_of_one_stream_1", "400")).status())
			.isEqualTo(200);
		Map<String, Object> second = Commitments.of(environment, session, "pay_of_one_stream_2", "1000");
		assertThat(environment.client.post("/hold", second).status()).isEqualTo(200);
		assertThat(environment.client.post("/release", second).status()).isEqualTo(200);
	}

	/** The seller reads what there is, and once more when there is nothing new. */
	private static void readBooks(FacilitatorEnvironment environment) {
		FacilitatorClient seller = environment.client.with("Bearer " + KEY);
		String path = "/settlements?recipient=" + environment.merchant.getAccountId();
		String next = seller.get(path).text("next");
		assertThat(next).isNotEqualTo("0");
		assertThat(seller.get(path + "&since=" + next).text("next")).isEqualTo(next);
	}

	/**
	 * What is asked of books when a payer cannot pay, and when a transaction has not
	 * ended as was thought.
	 */
	private static void defaultAndCorrect(TestDatabase database) {
		try (HikariDataSource pool = database.pool()) {
			JdbcClient jdbc = DatabasePool.jdbc(pool, database.dialect());
			TestStore store = new TestStore(jdbc, DatabasePool.transactions(pool, database.dialect()),
					database.dialect(), database.clock());
			StoredRow.session("k").with("reserved", 20).with("committed", 20).insert(jdbc);
			StoredRow.transaction("hash", "DEAD").insert(jdbc);
			StoredRow.commitment("unpaid").insert(jdbc);
			StoredRow.commitment("paid").with("given_back_by", "hash").insert(jdbc);
			Parties parties = new Parties("C", "p", "r");
			RedemptionRepository commitments = store.redemptions();
			assertThat(commitments.putInDefault(List.of("unpaid"))).containsKey("k");
			store.sessions().end("k", SessionEnd.DEFAULTED);
			assertThat(commitments.open(parties, true, 10)).hasSize(1);
			assertThat(commitments.owed(new AllowanceKey("C", "p", "s"), 100).add(commitments.setAside("C", "p")))
				.isPositive();
			assertThat(commitments.isAwaited("k")).isTrue();
			assertThat(store.books().correct("hash", "DEAD", Outcome.confirmed(101))).hasValue(0);
			assertThat(commitments.writeOff(parties, 901)).containsKey("k");
			store.lending().lost(parties, BigInteger.TEN);
			store.sums().free("k", BigInteger.TEN);
			assertThat(store.books().correct("hash", "CONFIRMED", Outcome.dead("late"))).hasValue(0);
			assertThat(store.books().mendSums("k")).isFalse();
			assertThat(store.retention().forget()).isFalse();
		}
	}

	/** What a facilitator asks while it is used for all that it can do. */
	private static List<String> statements(TestDatabase database) throws SQLException {
		Map<String, String> properties = new HashMap<>(database.properties());
		properties.put("facilitator.deferred.enabled", "true");
		properties.put("facilitator.deferred.recipients", "*");
		properties.put("facilitator.deferred.first-credit", "1");
		try (RecordingDriver driver = RecordingDriver.instead(properties.get("facilitator.database-url"));
				FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator()) {
			properties.put("facilitator.access.keys[0].name", "shop");
			properties.put("facilitator.access.keys[0].hash", Sha256.hex(KEY));
			properties.put("facilitator.access.keys[0].recipients[0]", environment.merchant.getAccountId());
			environment.start(properties);
			Payer payer = environment.payer();
			String id = payer.session(1_000_000);
			assertThat(environment.client.settle(Payments.identified(environment, id, "pay_0123456789abcdef", "1000"))
				.status()).isEqualTo(200);
			assertThat(environment.client.settle(Payments.identified(environment, id, "pay_0123456789abcdef", "1000"))
				.status()).isIn(200, 400);
			assertThat(environment.client.settle(Payments.of(environment, id, "1000")).status()).isEqualTo(200);
			assertThat(environment.client.verify(Payments.of(environment, id, "1000")).status()).isEqualTo(200);
			assertThat(environment.client.get("/sessions/" + id).status()).isEqualTo(200);
			String lasting = payer.session(500_000);
			defer(environment, lasting);
			meter(environment, lasting);
			readBooks(environment);
			environment.stop();
			environment.start(properties);
			environment.stop();
			defaultAndCorrect(database);
			assertThat(driver.runs).hasSizeGreaterThan(20);
			return new ArrayList<>(driver.runs.keySet()
				.stream()
				.filter((sql) -> Pattern.compile("\\b" + LARGE + "\\b").matcher(sql).find())
				.filter((sql) -> !sql.contains("create ") && !sql.contains("alter ") && !sql.startsWith("--"))
				.toList());
		}
	}

}
