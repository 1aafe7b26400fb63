package io.github.x402sessions.facilitator;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How long each statement takes that a facilitator makes in service, on
 * {@link LargeBooks} of several sizes, and which of them take longer the larger they are.
 * No test: run by hand, it prints the figures of {@code docs/scale.md}. The system
 * property {@code x402.settlements} has the sizes, {@code x402.databases} the databases.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SizeRun {

	private static final List<Long> SIZES = Arrays
		.stream(System.getProperty("x402.settlements", "10000,1000000,10000000").split(","))
		.map(Long::valueOf)
		.toList();

	private static final int SETTLEMENTS_OF_A_SESSION = 50;

	private static final long MANY_LEDGERS = 100_000;

	private static final int ROUNDS = 50;

	private static final int STARTS = 3;

	/** What is no slower than this is no matter of size, ms. */
	private static final double SLOW = 2;

	/**
	 * None where the {@link LargeBooks} are small and leave too little to be forgotten.
	 */
	private static final long MANY = 5_000_000;

	private static final int FORGETTINGS = 20;

	/** The rarest statement of the rounds in the background. */
	private static final String FORGET = "update settlement set payment_id = null";

	private static final String KEY = "a-long-random-secret";

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void statements(Dialect dialect) throws SQLException {
		assumeThat(System.getProperty("x402.databases", "SQLITE,POSTGRESQL")).contains(dialect.name());
		Map<String, Map<Long, Figures>> figures = new TreeMap<>();
		for (long size : SIZES) {
			try (TestDatabase database = TestDatabase.of(dialect);
					HookServer hook = new HookServer();
					FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator()) {
				measure(database, environment, hook, size)
					.forEach((one) -> figures.computeIfAbsent(one.sql, (sql) -> new TreeMap<>()).put(size, one));
			}
		}
		System.out.printf("%s, medians in ms at %s settlements, of what is slower than %s ms at one of them%n", dialect,
				SIZES, SLOW);
		figures.entrySet()
			.stream()
			.filter((one) -> one.getValue().values().stream().anyMatch((sizes) -> sizes.median > SLOW))
			.forEach((one) -> System.out.printf("%s  %s%n",
					SIZES.stream()
						.map((size) -> one.getValue().get(size))
						.map((sizes) -> (sizes != null) ? "%8.2f".formatted(sizes.median) : "        ")
						.collect(Collectors.joining(" ")),
					one.getKey()));
	}

	private static List<Figures> measure(TestDatabase database, FacilitatorEnvironment environment, HookServer hook,
			long size) throws SQLException {
		Map<String, String> properties = properties(database, environment, hook);
		environment.start(properties);
		String heavy = environment.client
			.post("/sessions",
					environment.payer().approved(500_000_000, environment.devnet.latestLedger() + MANY_LEDGERS))
			.text("sessionId");
		environment.stop();
		long begin = System.nanoTime();
		LargeBooks.fill(properties, Math.max(1_000, size / SETTLEMENTS_OF_A_SESSION), size);
		System.out.printf("%s: %d filled in %d s%n", properties.get("facilitator.database-url"), size,
				Duration.ofNanos(System.nanoTime() - begin).toSeconds());
		try (RecordingDriver driver = RecordingDriver.instead(properties.get("facilitator.database-url"))) {
			for (int i = 0; i < STARTS; i++) {
				begin = System.nanoTime();
				environment.start(properties);
				awaitComparison(environment);
				System.out.printf("started and compared in %d ms%n",
						Duration.ofNanos(System.nanoTime() - begin).toMillis());
				use(environment, heavy, i);
				environment.stop();
			}
			print("at starts", driver);
			driver.runs.values().forEach(Collection::clear);
			serve(environment, properties, heavy, driver, size);
			List<Figures> inService = print("in service", driver);
			driver.runs.values().forEach(Collection::clear);
			begin = System.nanoTime();
			Commands.run(environment, properties, "reconcile", "--since", "2100-01-01T00:00:00Z");
			System.out.printf("reconciled in %d ms%n", Duration.ofNanos(System.nanoTime() - begin).toMillis());
			print("reconcile", driver);
			return inService;
		}
	}

	/** All that a facilitator does, but that nothing is redeemed for its age. */
	private static Map<String, String> properties(TestDatabase database, FacilitatorEnvironment environment,
			HookServer hook) {
		Map<String, String> properties = new HashMap<>(Commitments.PROPERTIES);
		properties.putAll(database.properties());
		properties.putAll(hook.properties(0, "shop"));
		properties.put("facilitator.channels", "8");
		properties.put("facilitator.deferred.per-payer", "50");
		properties.put("facilitator.deferred.first-credit", "50");
		properties.put("facilitator.deferred.max-age", "1h");
		properties.put("facilitator.access.keys[0].name", "shop");
		properties.put("facilitator.access.keys[0].hash", Sha256.hex(KEY));
		properties.put("facilitator.access.keys[0].recipients[0]", environment.merchant.getAccountId());
		return properties;
	}

	private static void serve(FacilitatorEnvironment environment, Map<String, String> properties, String heavy,
			RecordingDriver driver, long size) {
		for (int i = 0; i < STARTS; i++) {
			environment.start(properties);
			environment.stop();
		}
		try (ConfigurableApplicationContext context = standalone(environment, properties)) {
			environment.client = new FacilitatorClient(
					URI.create("http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort()));
			FacilitatorClient operator = new FacilitatorClient(URI
				.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.management.port")));
			awaitComparison(environment);
			for (int i = 0; i < ROUNDS; i++) {
				use(environment, heavy, ROUNDS + i);
				readBooks(environment);
				operator.get("/actuator/prometheus");
				operator.get("/actuator/health");
			}
			Eventually.isTrue(PATIENCE,
					() -> size < MANY || driver.runs.entrySet()
						.stream()
						.anyMatch((runs) -> runs.getKey().startsWith(FORGET) && runs.getValue().size() >= FORGETTINGS));
		}
	}

	/**
	 * Nothing is settled before the books were compared with the chain for all payers.
	 */
	private static void awaitComparison(FacilitatorEnvironment environment) {
		Eventually.isTrue(PATIENCE,
				() -> environment.client.verify(Payments.of(environment, "nobody", "1000")).status() != 503);
	}

	/** Whatever can be asked for, by the session with the most calls and by a new one. */
	private static void use(FacilitatorEnvironment environment, String heavy, int number) {
		Payer payer = environment.payer();
		String fresh = payer.session(1_000_000);
		for (String id : new String[] { heavy, fresh }) {
			Map<String, Object> named = Payments.identified(environment, id, "payment-of-round-" + number, "1000");
			settle(environment, named);
			settle(environment, Payments.tracked(named));
			settle(environment, Payments.of(environment, id, "1000"));
			settle(environment, Commitments.of(environment, id, "pay_deferred_in_round_" + number, "1000"));
			assertThat(environment.client.verify(named).status()).isEqualTo(200);
			assertThat(environment.client.get("/sessions/" + id).status()).isEqualTo(200);
		}
		environment.client.post("/sessions/quote",
				Map.of("user", payer.address(), "recipient", environment.merchant.getAccountId(), "asset",
						environment.devnet.usdcContract(), "cap", "1000000", "expirationLedger",
						environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME, "network",
						"stellar:testnet"));
		assertThat(environment.client.delete("/sessions/" + fresh).status()).isEqualTo(200);
	}

	/** The first page, the last one, and what is still open. */
	private static void readBooks(FacilitatorEnvironment environment) {
		FacilitatorClient seller = environment.client.with("Bearer " + KEY);
		String path = "/settlements?recipient=" + environment.merchant.getAccountId();
		assertThat(seller.get(path).status()).isEqualTo(200);
		String last = seller.get(path + "&since=latest").text("next");
		assertThat(seller.get(path + "&since=" + last).status()).isEqualTo(200);
		assertThat(seller.get(path + "&open=true").status()).isEqualTo(200);
	}

	private static void settle(FacilitatorEnvironment environment, Map<String, Object> payment) {
		FacilitatorClient.Reply reply = environment.client.settle(payment);
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
	}

	private static ConfigurableApplicationContext standalone(FacilitatorEnvironment environment,
			Map<String, String> properties) {
		Map<String, String> all = environment.properties(properties);
		all.put("management.endpoints.web.exposure.include", "health,prometheus");
		all.put("management.server.port", "0");
		return FacilitatorApplication.application()
			.run(all.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
	}

	private static List<Figures> print(String title, RecordingDriver driver) {
		System.out.println(title + ": runs, median and longest in ms");
		List<Figures> all = driver.runs.entrySet()
			.stream()
			.filter((runs) -> !runs.getValue().isEmpty())
			.map((runs) -> Figures.of(runs.getKey(), runs.getValue()))
			.sorted(Comparator.comparing(Figures::longest).reversed())
			.toList();
		all.forEach((figures) -> System.out.printf("%5d %8.2f %8.2f  %s%n", figures.runs, figures.median,
				figures.longest, figures.sql));
		return all;
	}

	/**
	 * How long the runs of a statement took.
	 *
	 * @param sql the statement
	 * @param runs how many there were
	 * @param median in the middle, milliseconds
	 * @param longest at most, milliseconds
	 */
	private record Figures(String sql, int runs, double median, double longest) {

		static Figures of(String sql, Collection<AtomicLong> nanos) {
			double[] millis = nanos.stream().mapToDouble((run) -> run.get() / 1e6).sorted().toArray();
			String line = Pattern.compile("\\s+").matcher(sql.strip()).replaceAll(" ");
			return new Figures(line, millis.length, millis[millis.length / 2], millis[millis.length - 1]);
		}

	}

}
