package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.facilitator.channel.ChannelLease;
import io.github.x402sessions.facilitator.settlement.repository.Outcome;
import io.github.x402sessions.facilitator.settlement.repository.Settlement;
import io.github.x402sessions.facilitator.settlement.repository.SubmittedTransaction;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.transaction.SignedTransaction;
import io.github.x402sessions.stellar.transfer.Parties;
import io.github.x402sessions.stellar.transfer.Transfer;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon what is committed is on the chain: 100 payers with 1 000 calls each, or what
 * one has committed for long, 8 channels, a ledger every five seconds, nothing waits for
 * longer than that. No test: run by hand, it prints the figures of
 * {@code benchmarks/README.md}.
 */
class RedemptionRun {

	private static final int PAYERS = Integer.getInteger("x402.payers", 100);

	private static final int CALLS = Integer.getInteger("x402.calls", 1_000);

	private static final int CALLERS = 32;

	private static final long LEDGERS_OF_A_SESSION = 10_000;

	private static final int BACKLOG = Integer.getInteger("x402.backlog", 16_000);

	/** Each caller makes all calls of one payer, then those of the next. */
	@Test
	void payerAfterPayer() throws Exception {
		run("payer after payer", PAYERS, CALLS, CALLS);
	}

	/** All payers pay until the last moment: as many transactions are left then. */
	@Test
	void allPayersUntilTheEnd() throws Exception {
		run("all payers until the end", PAYERS, CALLS, 1);
	}

	/** What one payer has committed while nothing could be redeemed. */
	@Test
	void backlogOfOnePayer() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator(Duration.ofSeconds(5));
				TestDatabase database = environment.openDatabase()) {
			environment.start(properties());
			String session = Commitments.session(environment, environment.payer(), 900_000_000, LEDGERS_OF_A_SESSION);
			Commitments.repeat(database, Commitments.commit(environment, session, "100"), BACKLOG - 1);
			print("backlog of one payer", environment, 0, environment.devnet.latestLedger());
		}
	}

	/** How long the database needs for the two steps of one transaction. */
	@Test
	void stepsInTheBooks() {
		for (Dialect dialect : Dialect.values()) {
			for (int count : new int[] { 100, 1_000, 2_000, 5_000 }) {
				try (TestDatabase database = TestDatabase.of(dialect)) {
					measure(database, count);
				}
			}
		}
	}

	private static void measure(TestDatabase database, int count) {
		JdbcClient jdbc = database.jdbc();
		StoredRow.session("k").with("cap", 9_999).with("reserved", count).with("committed", count).insert(jdbc);
		jdbc.sql("""
				insert into channel (address, spender, slot, lease, leased_until)
				values ('source', 'source', 0, 'lease', 9000000000000000)""").update();
		List<Settlement> members = new ArrayList<>();
		database.transactions().executeWithoutResult((status) -> {
			for (int i = 0; i < count; i++) {
				String id = UUID.randomUUID().toString();
				members.add(new Settlement(id, "k", new Transfer("C", "p", "r", BigInteger.ONE), 900, true));
				StoredRow.commitment(id).with("amount", 1).insert(jdbc);
			}
		});
		TestStore store = database.store();
		store.unitOfWork()
			.perform(() -> store.lending().lend(Map.of(new Parties("C", "p", "r"), BigInteger.valueOf(count))));
		SubmittedTransaction submitted = new SubmittedTransaction(
				new SignedTransaction("hash", "envelope", "source", 8, 1_045), 100, null);
		long begun = System.nanoTime();
		store.redemptions().open(new Parties("C", "p", "r"), false, count);
		long read = System.nanoTime();
		store.books().open(members, submitted, new ChannelLease("lease", "source", 7L));
		long carried = System.nanoTime();
		store.books().close(submitted, Outcome.confirmed(101));
		System.out.printf("%s, %d commitments: read in %d ms, carried in %d ms, paid in %d ms%n", database.dialect(),
				count, millis(read - begun), millis(carried - read), millis(System.nanoTime() - carried));
	}

	private static long millis(long nanos) {
		return Duration.ofNanos(nanos).toMillis();
	}

	/**
	 * Pay, and wait until all of it is on the chain.
	 * @param atOnce how many calls one caller makes of a payer before those of the next
	 */
	private static void run(String title, int payers, int calls, int atOnce) throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator(Duration.ofSeconds(5))) {
			environment.start(properties());
			List<String> sessions = sessions(environment, payers);
			AtomicInteger taken = new AtomicInteger();
			long begun = System.nanoTime();
			Parallel.start(CALLERS, () -> {
				int turn = taken.getAndIncrement();
				while (turn < payers * calls / atOnce) {
					for (int call = 0; call < atOnce; call++) {
						pay(environment, sessions.get(turn % payers));
					}
					turn = taken.getAndIncrement();
				}
				return true;
			}).results();
			long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
			long last = environment.devnet.latestLedger();
			print(title, environment, seconds, last);
		}
	}

	private static Map<String, String> properties() {
		Map<String, String> properties = new HashMap<>(Commitments.PROPERTIES);
		properties.put("facilitator.deferred.per-payer", "90");
		properties.put("facilitator.deferred.per-recipient", "10000");
		properties.put("facilitator.deferred.total", "10000");
		properties.put("facilitator.deferred.first-credit", "90");
		properties.put("facilitator.deferred.max-age", "5s");
		properties.put("facilitator.channels", "8");
		properties.put("facilitator.access.registrations-per-minute", "0");
		return properties;
	}

	private static List<String> sessions(FacilitatorEnvironment environment, int payers) throws Exception {
		List<Parallel<String>> opened = new ArrayList<>();
		for (int i = 0; i < payers; i++) {
			opened.add(Parallel.start(1,
					() -> Commitments.session(environment, environment.payer(), 900_000_000, LEDGERS_OF_A_SESSION)));
		}
		List<String> sessions = new ArrayList<>();
		for (Parallel<String> one : opened) {
			sessions.addAll(one.results());
		}
		return sessions;
	}

	private static void pay(FacilitatorEnvironment environment, String session) {
		FacilitatorRequest request = WireJson.read(
				WireJson.write(Commitments.of(environment, session, "pay_" + UUID.randomUUID(), "100")),
				FacilitatorRequest.class);
		assertThat(environment.server().facilitator().settle(request).success()).isTrue();
	}

	private static void print(String title, FacilitatorEnvironment environment, long seconds, long last) {
		try (TestDatabase database = environment.openDatabase()) {
			Eventually.isTrue(Duration.ofMinutes(5),
					() -> database.jdbc()
						.sql("select count(*) from settlement where status <> 'CONFIRMED'")
						.query(Integer.class)
						.single() == 0);
			long paid = database.jdbc().sql("select sum(amount) from settlement").query(Long.class).single();
			assertThat(environment.usdc(environment.merchant).longValueExact()).as("books and chain").isEqualTo(paid);
			long transactions = count(database, "select count(distinct tx_hash) from settlement");
			System.out.printf(
					"%s: %d calls in %d s, %d transactions (at most %d calls each), all in ledger %d after the last "
							+ "call%n",
					title, count(database, "select count(*) from settlement"), seconds, transactions,
					count(database, "select max(n) from (select count(*) as n from settlement group by tx_hash)"),
					count(database, "select max(ledger) from settlement") - last);
		}
	}

	private static long count(TestDatabase database, String sql) {
		return database.jdbc().sql(sql).query(Long.class).single();
	}

}
