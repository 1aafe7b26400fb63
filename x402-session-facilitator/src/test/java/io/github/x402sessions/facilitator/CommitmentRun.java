package io.github.x402sessions.facilitator;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import com.sun.management.OperatingSystemMXBean;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many payments are committed in a second, in process, by 32 callers of as many
 * payers, on a network with a ledger every five seconds. No test: run by hand, it prints
 * the figures of {@code benchmarks/README.md}.
 */
class CommitmentRun {

	private static final int CALLERS = 32;

	private static final Duration LENGTH = Duration.ofSeconds(10);

	@Test
	void sqlite() throws Exception {
		try (TestDatabase database = TestDatabase.sqlite()) {
			run("SQLite", database);
		}
	}

	@Test
	void postgres() throws Exception {
		try (TestDatabase database = TestDatabase.postgres()) {
			run("PostgreSQL", database);
		}
	}

	private static void run(String title, TestDatabase database) throws Exception {
		Map<String, String> properties = new HashMap<>(database.properties());
		properties.put("facilitator.deferred.enabled", "true");
		properties.put("facilitator.deferred.recipients", "*");
		properties.put("facilitator.deferred.per-payer", "90");
		properties.put("facilitator.deferred.per-recipient", "10000");
		properties.put("facilitator.deferred.total", "10000");
		properties.put("facilitator.deferred.first-credit", "90");
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator(Duration.ofSeconds(1))) {
			environment.start(properties);
			List<String> sessions = new ArrayList<>();
			List<Parallel<String>> opened = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				opened.add(Parallel.start(1, () -> session(environment)));
			}
			for (Parallel<String> one : opened) {
				sessions.addAll(one.results());
			}
			for (boolean counted : new boolean[] { false, true }) {
				measure(title + (counted ? "" : " (warming up)"), environment, sessions);
			}
		}
	}

	private static String session(FacilitatorEnvironment environment) {
		Payer payer = environment.payer();
		FacilitatorClient.Reply reply = environment.client.post("/sessions",
				payer.approved(900_000_000, environment.devnet.latestLedger() + 100_000));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
		return reply.text("sessionId");
	}

	private static void measure(String title, FacilitatorEnvironment environment, List<String> sessions)
			throws Exception {
		Facilitator facilitator = environment.server().facilitator();
		LongAdder paid = new LongAdder();
		List<Long> times = new ArrayList<>();
		AtomicInteger caller = new AtomicInteger();
		OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		long before = process.getProcessCpuTime();
		long end = System.nanoTime() + LENGTH.toNanos();
		List<List<Long>> all = Parallel.start(CALLERS, () -> {
			String session = sessions.get(caller.getAndIncrement());
			List<Long> own = new ArrayList<>();
			while (System.nanoTime() < end) {
				FacilitatorRequest request = request(environment, session);
				long begun = System.nanoTime();
				SettleResponse answer = facilitator.settle(request);
				own.add(System.nanoTime() - begun);
				assertThat(answer.transaction()).as("%s", answer).startsWith("cmt_");
				paid.increment();
			}
			return own;
		}).results();
		all.forEach(times::addAll);
		times.sort(null);
		System.out.printf(
				"%s: %d commitments/s by %d callers, p50 %s ms, p99 %s ms, %d µs of this process's CPU each%n", title,
				paid.sum() / LENGTH.toSeconds(), CALLERS, millis(times, 50), millis(times, 99),
				(process.getProcessCpuTime() - before) / 1_000 / paid.sum());
	}

	private static BigDecimal millis(List<Long> times, int percent) {
		return BigDecimal.valueOf(times.get((times.size() - 1) * percent / 100) / 10_000, 2);
	}

	private static FacilitatorRequest request(FacilitatorEnvironment environment, String session) {
		Map<String, Object> terms = Map.of("amount", "100", "extra", Map.of("spender",
				environment.spender.getAccountId(), "settlement", "deferred", "paymentIdentifier", true));
		Map<String, Object> payment = Payments.identified(Payments.of(environment, session, terms),
				"pay_" + UUID.randomUUID());
		return WireJson.read(WireJson.write(payment), FacilitatorRequest.class);
	}

}
