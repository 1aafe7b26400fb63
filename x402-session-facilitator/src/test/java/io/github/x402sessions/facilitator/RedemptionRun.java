package io.github.x402sessions.facilitator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon what is committed is on the chain: 100 payers with 1 000 calls each, 8
 * channels, a ledger every five seconds, nothing waits for longer than that. No test: run
 * by hand, it prints the figures of {@code benchmarks/README.md}.
 */
class RedemptionRun {

	private static final int PAYERS = Integer.getInteger("x402.payers", 100);

	private static final int CALLS = Integer.getInteger("x402.calls", 1_000);

	private static final int CALLERS = 32;

	private static final long LEDGERS_OF_A_SESSION = 10_000;

	/** Each caller makes all calls of one payer, then those of the next. */
	@Test
	void payerAfterPayer() throws Exception {
		run("payer after payer", (call) -> call / CALLS);
	}

	/** All payers pay until the last moment: as many transactions are left then. */
	@Test
	void allPayersUntilTheEnd() throws Exception {
		run("all payers until the end", (call) -> call % PAYERS);
	}

	private static void run(String title, IntUnaryOperator payerOf) throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator(Duration.ofSeconds(5))) {
			environment.start(properties());
			List<String> sessions = sessions(environment);
			AtomicInteger next = new AtomicInteger();
			AtomicInteger taken = new AtomicInteger();
			long begun = System.nanoTime();
			Parallel.start(CALLERS, () -> {
				boolean inBlocks = payerOf.applyAsInt(CALLS - 1) == 0;
				while (true) {
					int first = inBlocks ? taken.getAndIncrement() * CALLS : next.getAndIncrement();
					if (first >= PAYERS * CALLS) {
						return true;
					}
					for (int call = first; call < first + (inBlocks ? CALLS : 1); call++) {
						pay(environment, sessions.get(payerOf.applyAsInt(call)));
					}
				}
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

	private static List<String> sessions(FacilitatorEnvironment environment) throws Exception {
		List<Parallel<String>> opened = new ArrayList<>();
		for (int i = 0; i < PAYERS; i++) {
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
