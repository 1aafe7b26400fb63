package io.github.x402sessions.facilitator;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.sun.management.OperatingSystemMXBean;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How fast it is, on a network with a ledger every five seconds. No test: run by hand, it
 * prints the figures of {@code benchmarks/README.md}.
 */
class ThroughputRun {

	/** Each is verified once: a signature is remembered. */
	private static final int SIGNED = 150_000;

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private static final int LEDGERS = 3;

	@Test
	void settlementsPerLedger() throws Exception {
		for (int channels : new int[] { 1, 8, 32 }) {
			try (FacilitatorEnvironment environment = environment(channels, Map.of());
					TestDatabase database = environment.openDatabase()) {
				List<FacilitatorRequest> payers = payers(environment, Math.min(channels, 8));
				awaitChannels(database, channels);
				AtomicInteger next = new AtomicInteger();
				List<Boolean> settled = Parallel
					.start(channels * LEDGERS,
							() -> facilitator(environment).settle(payers.get(next.getAndIncrement() % payers.size()))
								.success())
					.results();
				assertThat(settled).containsOnly(true);
				print(channels + " channel(s)", database);
			}
		}
	}

	@Test
	void coalescedCalls() throws Exception {
		try (FacilitatorEnvironment environment = environment(8, Map.of("facilitator.coalesce-window", "2s"));
				TestDatabase database = environment.openDatabase()) {
			FacilitatorRequest payer = payers(environment, 1).get(0);
			awaitChannels(database, 8);
			long height = environment.devnet.latestLedger();
			Eventually.isTrue(() -> environment.devnet.latestLedger() > height);
			List<Boolean> settled = Parallel.start(500, () -> facilitator(environment).settle(payer).success())
				.results();
			assertThat(settled).containsOnly(true);
			print("500 calls of one session, coalesced", database);
		}
	}

	@Test
	void verifications() throws Exception {
		try (FacilitatorEnvironment environment = environment(1, Map.of())) {
			FacilitatorRequest payment = payers(environment, 1).get(0);
			verify("verify", environment, () -> payment);
		}
	}

	@Test
	void signedVerifications() throws Exception {
		try (FacilitatorEnvironment environment = environment(1, Map.of())) {
			SessionHolder holder = Parallel.start(1, () -> SessionHolder.of(environment, 900_000_000)).results().get(0);
			Queue<FacilitatorRequest> signed = new ConcurrentLinkedQueue<>();
			AtomicInteger number = new AtomicInteger();
			Parallel.start(4, () -> {
				for (int i = number.incrementAndGet(); i <= SIGNED; i = number.incrementAndGet()) {
					signed.add(read(holder.call("pay_0123456789_%d".formatted(i), "1000").request()));
				}
				return true;
			}).results();
			verify("verify of a signed payment", environment, signed::remove);
		}
	}

	private static void verify(String what, FacilitatorEnvironment environment, Supplier<FacilitatorRequest> payments)
			throws Exception {
		Facilitator facilitator = facilitator(environment);
		LongAdder verified = new LongAdder();
		for (boolean counted : new boolean[] { false, true }) {
			verified.reset();
			long before = cpuTime();
			long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
			Parallel.start(4, () -> {
				while (System.nanoTime() < end) {
					assertThat(facilitator.verify(payments.get()).isValid()).isTrue();
					verified.increment();
				}
				return true;
			}).results();
			System.out.printf("%s, in process, 4 threads%s: %d/s, %d us of CPU each%n", what,
					counted ? "" : " (warming up)", verified.sum() / 5, (cpuTime() - before) / 1_000 / verified.sum());
		}
	}

	/** What this process has used so far, the network in it too, nanoseconds. */
	private static long cpuTime() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	private static Facilitator facilitator(FacilitatorEnvironment environment) {
		return environment.server().facilitator();
	}

	private static FacilitatorEnvironment environment(int channels, Map<String, String> more) {
		Map<String, String> properties = new HashMap<>(more);
		properties.put("facilitator.channels", Integer.toString(channels));
		properties.put("facilitator.poll-interval", "200ms");
		properties.put("facilitator.settle-timeout", "5m");
		properties.put("facilitator.transaction-validity", "60s");
		FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator(INTERVAL);
		environment.start(properties);
		return environment;
	}

	private static List<FacilitatorRequest> payers(FacilitatorEnvironment environment, int count) throws Exception {
		List<Parallel<FacilitatorRequest>> payers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			payers.add(Parallel.start(1, () -> request(environment, environment.payer().session(900_000_000))));
		}
		List<FacilitatorRequest> requests = new ArrayList<>();
		for (Parallel<FacilitatorRequest> payer : payers) {
			requests.add(payer.results().get(0));
		}
		return requests;
	}

	private static FacilitatorRequest request(FacilitatorEnvironment environment, String session) {
		return read(Payments.of(environment, session, "1000"));
	}

	private static FacilitatorRequest read(Map<String, Object> request) {
		return WireJson.read(WireJson.write(request), FacilitatorRequest.class);
	}

	private static void awaitChannels(TestDatabase database, int count) {
		Eventually.isTrue(() -> database.jdbc()
			.sql("select count(*) from channel where slot > 0")
			.query(Integer.class)
			.single() >= count);
	}

	private static void print(String title, TestDatabase database) {
		List<String> ledgers = database.jdbc()
			.sql("""
					select t.ledger, count(distinct t.hash) as transactions, count(*) as settlements,
					max(t.ledger - t.submitted_ledger) as latency
					from chain_transaction t join settlement s on s.tx_hash = t.hash group by t.ledger order by t.ledger""")
			.query((row, number) -> "%d settlements by %d transactions, at most %d ledger(s) after signing"
				.formatted(row.getInt("settlements"), row.getInt("transactions"), row.getInt("latency")))
			.list();
		System.out.println(title + ":");
		ledgers.forEach((ledger) -> System.out.println("  a ledger with " + ledger));
	}

}
