package io.github.x402sessions.facilitator;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long each statement takes that a facilitator makes in service, on the
 * {@link LargeBooks}. No test: run by hand, it prints the figures of
 * {@code benchmarks/README.md}. How large the books are is set by the system properties
 * {@code x402.settlements} and {@code x402.sessions}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SizeRun {

	private static final long SETTLEMENTS = Long.getLong("x402.settlements", 10_000_000);

	private static final long SESSIONS = Long.getLong("x402.sessions", 200_000);

	private static final long MANY_LEDGERS = 100_000;

	private static final int ROUNDS = 50;

	private static final int STARTS = 5;

	/**
	 * None where the {@link LargeBooks} are small and leave too little to be forgotten.
	 */
	private static final long FORGETTINGS = SETTLEMENTS / 10_000_000 * ROUNDS;

	/** The rarest statement of the rounds in the background. */
	private static final String FORGET = "update settlement set payment_id = null";

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void statements(Dialect dialect) throws SQLException {
		try (TestDatabase database = TestDatabase.of(dialect);
				FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator()) {
			Map<String, String> properties = new HashMap<>(database.properties());
			properties.put("facilitator.channels", "8");
			environment.start(properties);
			String heavy = environment.client
				.post("/sessions",
						environment.payer().approved(500_000_000, environment.devnet.latestLedger() + MANY_LEDGERS))
				.text("sessionId");
			environment.stop();
			long begin = System.nanoTime();
			LargeBooks.fill(properties, SESSIONS, SETTLEMENTS);
			System.out.printf("%s: filled in %d s%n", dialect, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
			try (RecordingDriver driver = RecordingDriver.instead(properties.get("facilitator.database-url"))) {
				for (int i = 0; i < STARTS; i++) {
					environment.start(properties);
					awaitComparison(environment);
					use(environment, heavy, i);
					environment.stop();
				}
				driver.runs.values().forEach(Collection::clear);
				serve(environment, properties, heavy, driver);
				print(dialect + ", in service", driver);
				driver.runs.values().forEach(Collection::clear);
				Commands.run(environment, properties, "reconcile", "--since", "2100-01-01T00:00:00Z");
				print(dialect + ", reconcile", driver);
			}
		}
	}

	private static void serve(FacilitatorEnvironment environment, Map<String, String> properties, String heavy,
			RecordingDriver driver) {
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
				operator.get("/actuator/prometheus");
				operator.get("/actuator/health");
			}
			Eventually.isTrue(PATIENCE,
					() -> driver.runs.entrySet()
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

	private static void print(String title, RecordingDriver driver) {
		System.out.println(title + ": runs, median and longest in ms");
		driver.runs.entrySet()
			.stream()
			.filter((runs) -> !runs.getValue().isEmpty())
			.map((runs) -> Figures.of(runs.getKey(), runs.getValue()))
			.sorted(Comparator.comparing(Figures::longest).reversed())
			.forEach((figures) -> System.out.printf("%5d %8.2f %8.2f  %s%n", figures.runs, figures.median,
					figures.longest, figures.sql));
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
