package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.x402sessions.core.hash.Sha256;
import io.github.x402sessions.facilitator.store.jdbc.database.DatabasePool;
import io.github.x402sessions.facilitator.store.jdbc.database.Dialect;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes of the released version, whose jar the system property {@code x402.released}
 * names, are replaced one after the other by this version while payers pay through both:
 * at once, by commitments, for streams and by transfers that they sign. Then one goes
 * back for a while. Nobody notices but for answers that say when to ask again, and books,
 * chain, callers and receivers of events agree. The drill {@code upgrade} runs it.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class UpgradeRun {

	private static final int PAYERS = 16;

	private static final int DEFERRED = 10;

	private static final int SIGNING = 4;

	/** That two versions are beside each other, at least. */
	private static final Duration WHILE = Duration.ofSeconds(Integer.getInteger("x402.upgrade-seconds", 10));

	/** So many payments are made meanwhile, at least. */
	private static final int PAYMENTS = 100;

	private static final String LATER = "503 with Retry-After";

	/** What a machine that is busy with other things may be. */
	private static final String LATE = "should have been redeemed";

	private static final String OPERATOR = "credential-of-an-operator";

	private final Path released = Path.of(System.getProperty("x402.released", "")).toAbsolutePath();

	/** Those that the balancer knows. */
	private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();

	/** Those of this version. */
	private final List<NodeProcess> own = new CopyOnWriteArrayList<>();

	private final AtomicInteger started = new AtomicInteger();

	@TempDir
	private Path directory;

	@Test
	void versionsAreReplacedWhilePayersPay() throws IOException {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator(Duration.ofMillis(500));
				TestDatabase database = TestDatabase.empty(Dialect.POSTGRESQL);
				HookServer hook = new HookServer()) {
			Map<String, String> before = properties(environment, database);
			Map<String, String> after = new HashMap<>(before);
			after.putAll(hook.properties(0, "shop"));
			PayerLoad load = new PayerLoad(environment, () -> this.nodes.stream().map(NodeProcess::url).toList());
			try {
				add(old(before));
				add(old(before));
				environment.client = new FacilitatorClient(this.nodes.get(0).url());
				load.come(PayerLoad.sessions(environment, PAYERS), DEFERRED);
				load.comeSigning(Stream.generate(() -> environment.payer().key).limit(SIGNING).toList());
				letPay("released, released", load);
				say("schema %s", schema(database));
				replace(now(after), load, true);
				long subscribed = environment.devnet.latestLedger();
				say("schema %s", schema(database));
				letPay("released, this", load);
				replace(now(after), load, true);
				letPay("this, this", load);
				replace(old(before), load, false);
				letPay("this, released", load);
				replace(now(after), load, true);
				letPay("released, this", load);
				replace(now(after), load, true);
				letPay("this, this", load);
				load.leave();
				try (HikariDataSource pool = database.pool()) {
					JdbcClient jdbc = DatabasePool.jdbc(pool, Dialect.POSTGRESQL);
					PaidBooks books = new PaidBooks(environment, jdbc, load);
					books.assertTruth();
					books.letHoldsLapse();
					books.awaitQuiet();
					books.assertTold(hook, subscribed);
					this.nodes.forEach(NodeProcess::end);
					books.assertAgreement(after);
				}
				assertThat(Commands.run(after, "audit", "verify").code()).as("audit verify").isZero();
			}
			finally {
				this.nodes.forEach(NodeProcess::close);
			}
			say("%d payments, %d of them signed one by one, %d streams released, %d events told", load.settled.size(),
					load.signed.get(), load.released.get(), hook.known().size());
			assertQuietLogs(environment);
			assertThat(load.unwelcome.keySet()).isSubsetOf(LATER, PayerLoad.NOBODY_THERE, PayerLoad.CUT_OFF);
		}
	}

	private NodeProcess old(Map<String, String> properties) {
		return NodeProcess.start(this.released, properties, log("old"));
	}

	private NodeProcess now(Map<String, String> properties) {
		NodeProcess node = NodeProcess.start(properties, log("new"));
		this.own.add(node);
		return node;
	}

	private Path log(String version) {
		return this.directory.resolve(version + "-" + this.started.incrementAndGet() + ".log");
	}

	private void add(NodeProcess node) {
		this.nodes.add(node);
		node.await();
	}

	/**
	 * As the runbook says: the new one is ready before the one that has served for the
	 * longest is taken out, which ends when it has nothing more to do. Only a version
	 * before this, where it is not drained, may cut off callers who come in the moment in
	 * which it ends.
	 * @param drain whether it is drained before, where its version can be
	 */
	private void replace(NodeProcess next, PayerLoad load, boolean drain) {
		NodeProcess leaving = this.nodes.get(0);
		add(next);
		Map<String, Integer> before = Map.copyOf(load.unwelcome);
		Instant begin = Instant.now();
		FacilitatorClient operator = new FacilitatorClient(leaving.inside()).with("Bearer " + OPERATOR);
		boolean drained = drain && operator.post("/admin/drain", Map.of()).status() == 200;
		if (drained) {
			Eventually.isTrue(() -> operator.get("/actuator/health/readiness").status() == 503);
			this.nodes.remove(leaving);
			Eventually.isTrue(() -> operator.get("/admin/drain").body().path("done").asBoolean());
		}
		leaving.end();
		this.nodes.remove(leaving);
		load.awaitPayments(1);
		say("a node is %s in %d ms; instead of an answer callers got %s", drained ? "drained and ended" : "ended",
				Duration.between(begin, Instant.now()).toMillis(), since(before, load.unwelcome));
		if (drained || this.own.contains(leaving)) {
			assertThat(since(before, load.unwelcome)).doesNotContainKey(PayerLoad.CUT_OFF);
		}
	}

	/** Wait until both have served callers for a while. */
	private void letPay(String phase, PayerLoad load) {
		Map<URI, Integer> before = Map.copyOf(load.settledBy);
		Map<String, Integer> unwelcome = Map.copyOf(load.unwelcome);
		Instant end = Instant.now().plus(WHILE);
		load.awaitPayments(PAYMENTS);
		Eventually.isTrue(() -> Instant.now().isAfter(end) && this.nodes.stream()
			.allMatch((node) -> load.settledBy.getOrDefault(node.url(), 0) > before.getOrDefault(node.url(), 0)));
		Map<URI, Integer> settled = since(before, load.settledBy);
		say("%s: %s payments; instead of an answer callers got %s", phase,
				this.nodes.stream()
					.map((node) -> String.valueOf(settled.get(node.url())))
					.collect(Collectors.joining(" and ")),
				since(unwelcome, load.unwelcome));
	}

	private static <T> Map<T, Integer> since(Map<T, Integer> before, Map<T, Integer> now) {
		Map<T, Integer> more = new TreeMap<>();
		now.forEach((key, count) -> {
			if (count > before.getOrDefault(key, 0)) {
				more.put(key, count - before.getOrDefault(key, 0));
			}
		});
		return more;
	}

	private static void say(String text, Object... arguments) {
		System.out.printf("upgrade: " + text + "%n", arguments);
	}

	private static String schema(TestDatabase database) {
		try (HikariDataSource pool = database.pool()) {
			return JdbcClient.create(pool)
				.sql("select version from x402_facilitator_history where success order by installed_rank desc limit 1")
				.query(String.class)
				.single();
		}
	}

	private void assertQuietLogs(FacilitatorEnvironment environment) throws IOException {
		List<String> errors = new ArrayList<>();
		try (Stream<Path> logs = Files.list(this.directory)) {
			for (Path log : logs.toList()) {
				String text = Files.readString(log);
				assertThat(text).doesNotContain(new String(environment.spender.getSecretSeed()));
				text.lines()
					.filter((line) -> line.contains(" ERROR ") || line.contains(" WARN "))
					.map((line) -> log.getFileName() + ": " + line)
					.forEach(errors::add);
			}
		}
		assertThat(errors).noneMatch((line) -> line.contains(" ERROR ") && !line.contains(LATE));
	}

	private static Map<String, String> properties(FacilitatorEnvironment environment, TestDatabase database) {
		Map<String, String> properties = new HashMap<>(environment.properties(database.properties()));
		properties.put("facilitator.channels", "8");
		properties.put("facilitator.access.registrations-per-minute", "0");
		properties.put("facilitator.exact.fees-per-payer", "1000");
		properties.put("facilitator.exact.failures-per-hour", "1000");
		properties.putAll(Commitments.PROPERTIES);
		properties.put("facilitator.deferred.max-age", "5s");
		properties.put("facilitator.admin.operators[0].name", "operator");
		properties.put("facilitator.admin.operators[0].hash", Sha256.hex(OPERATOR));
		return properties;
	}

}
