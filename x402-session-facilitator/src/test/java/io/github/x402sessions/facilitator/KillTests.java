package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.rpc.TransactionLookup.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Facilitators are killed at random moments while 32 payers pay, at once or by
 * commitments within a limit, and 8 more by transfers that they sign, and the node that
 * they use drops, delays and misreports. Afterwards books and chain agree to the unit.
 * How often is set by the system property {@code x402.kills}, how many pay by commitments
 * by {@code x402.deferred}; often takes its time.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class KillTests {

	private static final int KILLS = Integer.getInteger("x402.kills", 2);

	/** Every tenth time a node is not killed but stopped, and goes on later. */
	private static final int KILLS_PER_FREEZE = 10;

	private static final Duration FREEZE = Duration.ofSeconds(60);

	/** How far a node's clock is off, where that can be had. */
	private static final List<String> SKEWS = List.of("+30s", "-30s");

	private static final int PAYERS = 32;

	/** So many more pay without a session, by the exact scheme. */
	private static final int SIGNING = 8;

	private static final int DEFERRED = Integer.getInteger("x402.deferred", PAYERS / 2);

	/** Of each payer, base units: 30 payments. */
	private static final long LENT = 30_000;

	/** Of all, base units: less than all payers might owe. */
	private static final long LENT_TO_ALL = 400_000;

	private static final long CAP = 100_000_000;

	private static final long MANY_LEDGERS = 100_000;

	private static final Duration A_LEDGER = Duration.ofMillis(150);

	@TempDir
	private Path directory;

	@Test
	void killedProcessLosesNothingAndChargesNobodyTwice() throws IOException {
		try (TestDatabase database = TestDatabase.sqlite()) {
			run(database, 1, KILLS);
		}
	}

	@Test
	void killedNodesWorkIsTakenUpByTheOther() throws IOException {
		try (TestDatabase database = TestDatabase.postgres()) {
			run(database, 2, Math.max(1, KILLS / 2));
		}
	}

	private void run(TestDatabase database, int nodeCount, int kills) throws IOException {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();
				FaultyNode node = new FaultyNode(environment.devnet.rpcUri());
				HookServer hook = new HookServer()) {
			Map<String, String> properties = properties(environment, database, node);
			properties.putAll(hook.properties(0, "shop"));
			hook.answer = (delivery, exchange) -> (ThreadLocalRandom.current().nextInt(10) == 0) ? 500 : 204;
			List<NodeProcess> nodes = new CopyOnWriteArrayList<>();
			PayerLoad load = new PayerLoad(environment, () -> nodes.stream().map(NodeProcess::url).toList());
			try {
				for (int i = 0; i < nodeCount; i++) {
					nodes.add(start(properties, i));
				}
				nodes.forEach(NodeProcess::await);
				environment.client = new FacilitatorClient(nodes.get(0).url());
				List<String> sessions = sessions(environment);
				List<KeyPair> signing = Stream.generate(() -> environment.payer().key).limit(SIGNING).toList();
				ExposureHistory history = ExposureHistory.begin(database);
				node.misbehave();
				load.come(sessions, DEFERRED);
				load.comeSigning(signing);
				for (int kill = 0; kill < kills; kill++) {
					load.awaitPayments(ThreadLocalRandom.current().nextInt(1, 60));
					LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(A_LEDGER.toNanos()));
					int victim = ThreadLocalRandom.current().nextInt(nodeCount);
					if (nodeCount > 1 && kill % KILLS_PER_FREEZE == KILLS_PER_FREEZE - 1) {
						nodes.get(victim).freeze(FREEZE);
					}
					else {
						nodes.get(victim).kill();
						nodes.set(victim, start(properties, victim).await());
					}
				}
				load.awaitPayments(1);
				node.behave();
				load.leave();
				assertTruth(database.jdbc(), load);
				letHoldsLapse(database.jdbc());
				awaitQuiet(database);
				assertLentWithinLimits(history);
				assertTold(database.jdbc(), hook);
			}
			finally {
				nodes.forEach(NodeProcess::close);
			}
			assertThat(log()).doesNotContain(new String(environment.spender.getSecretSeed()));
			assertAgreement(environment, properties, database.jdbc(), load);
			System.out.printf(
					"%s, %d node(s): %d kills or freezes, %d payments, %d of them signed one by one, %d streams released, no difference%n",
					database.dialect(), nodeCount, kills, load.settled.size(), load.signed.get(), load.released.get());
			assertThat(load.signed).hasPositiveValue();
		}
	}

	private NodeProcess start(Map<String, String> properties, int number) {
		return NodeProcess.start(properties, this.directory.resolve("node-" + number + ".log"), SKEWS.get(number));
	}

	private static Map<String, String> properties(FacilitatorEnvironment environment, TestDatabase database,
			FaultyNode node) {
		Map<String, String> properties = new HashMap<>(environment.properties(database.properties()));
		properties.put("facilitator.rpc-url", node.url());
		properties.put("facilitator.channels", "8");
		properties.put("facilitator.access.registrations-per-minute", "0");
		properties.put("facilitator.settle-timeout", "6s");
		properties.put("facilitator.transaction-validity", "4s");
		properties.put("facilitator.exact.fees-per-payer", "1000");
		properties.put("facilitator.exact.failures-per-hour", "1000");
		properties.putAll(Commitments.PROPERTIES);
		properties.put("facilitator.deferred.max-age", "1s");
		properties.put("facilitator.deferred.per-payer", "0.003");
		properties.put("facilitator.deferred.first-credit", "0.003");
		properties.put("facilitator.deferred.per-recipient", "0.04");
		properties.put("facilitator.deferred.total", "0.04");
		return properties;
	}

	private static List<String> sessions(FacilitatorEnvironment environment) {
		List<Parallel<String>> payers = new ArrayList<>();
		for (int i = 0; i < PAYERS; i++) {
			payers.add(Parallel.start(1, () -> session(environment, environment.payer())));
		}
		return payers.stream().map((payer) -> {
			try {
				return payer.results().get(0);
			}
			catch (Exception ex) {
				throw new AssertionError(ex);
			}
		}).toList();
	}

	private static String session(FacilitatorEnvironment environment, Payer payer) {
		Map<String, Object> claims = payer.approved(CAP, environment.devnet.latestLedger() + MANY_LEDGERS);
		AtomicReference<FacilitatorClient.Reply> registered = new AtomicReference<>();
		Eventually.isTrue(() -> {
			registered.set(environment.client.post("/sessions", claims));
			return registered.get().status() != 503;
		});
		assertThat(registered.get().status()).as("%s", registered.get().body()).isEqualTo(201);
		return registered.get().text("sessionId");
	}

	/**
	 * A node that was stopped may hold what was released elsewhere meanwhile, and nothing
	 * else is held now: its quarter of an hour is over sooner.
	 */
	private static void letHoldsLapse(JdbcClient books) {
		assertThat(sum(books, """
				select count(*) from settlement held where status = 'HELD' and not exists
				(select 1 from settlement s where s.payment_id = held.payment_id and s.status = 'RELEASED')"""))
			.as("held by nobody's leave")
			.isZero();
		books.sql("update settlement set held_until = 1 where status = 'HELD'").update();
	}

	private static void awaitQuiet(TestDatabase database) {
		Eventually.isTrue(PayerLoad.PATIENCE, () -> database.jdbc()
			.sql("select count(*) from settlement where status in ('RESERVED', 'SUBMITTED', 'COMMITTED', 'HELD')")
			.query(Integer.class)
			.single() == 0);
	}

	private static void assertAgreement(FacilitatorEnvironment environment, Map<String, String> properties,
			JdbcClient books, PayerLoad load) {
		URI rpcUri = environment.devnet.rpcUri();
		HttpStellarRpc rpc = new HttpStellarRpc(rpcUri, Duration.ofSeconds(10));
		long confirmed = sum(books, "select coalesce(sum(amount), 0) from settlement where status = 'CONFIRMED'");
		assertThat(environment.usdc(environment.merchant).longValueExact()).as("on the chain and in the books")
			.isEqualTo(confirmed);
		assertThat(sum(books, "select sum(spent) from payment_session")).isEqualTo(sum(books,
				"select coalesce(sum(amount), 0) from settlement where status = 'CONFIRMED' and session_id is not null"));
		assertThat(sum(books, "select sum(reserved) from payment_session")).isZero();
		assertThat(sum(books, """
				select count(*) from (select payment_id from settlement where status = 'CONFIRMED'
				group by payment_id, account having count(*) > 1) charged_twice""")).isZero();
		assertTruth(books, load);
		assertThat(sum(books, "select count(*) from settlement where defaulted")).isZero();
		assertThat(books.sql("select distinct tx_hash from settlement where status = 'CONFIRMED'")
			.query(String.class)
			.list())
			.allSatisfy((hash) -> assertThat(rpc.transaction(hash).status()).as("%s", hash).isEqualTo(Status.SUCCESS));
		Commands.Output output = Commands.run(properties, "reconcile");
		assertThat(output.code()).as(output.text()).isZero();
	}

	/** What is confirmed and what is open is what callers were told, each once. */
	private static void assertTruth(JdbcClient books, PayerLoad load) {
		assertThat(load.refused).isEmpty();
		Map<String, String> charged = new HashMap<>();
		AtomicLong amount = new AtomicLong();
		books.sql("""
				select coalesce(payment_alias, payment_id) as payment_id, amount,
				case when deferred then id else tx_hash end as told from settlement
				where status in ('CONFIRMED', 'COMMITTED', 'DEFAULTED') or (status = 'SUBMITTED' and deferred)""")
			.query((RowCallbackHandler) (row) -> {
				assertThat(charged.put(row.getString("payment_id"), row.getString("told"))).as("charged twice")
					.isNull();
				amount.addAndGet(row.getLong("amount"));
			});
		assertThat(charged).as("everybody was told the truth").isEqualTo(load.settled);
		assertThat(amount.get()).as("to the unit").isEqualTo(load.amount.get());
	}

	/** Whatever was killed, the recipient has heard of each payment that was made. */
	private static void assertTold(JdbcClient books, HookServer hook) {
		Eventually.isTrue(PayerLoad.PATIENCE,
				() -> sum(books, "select count(*) from event_outbox where state = 'WAITING'") == 0);
		Map<String, String> paid = new HashMap<>();
		books.sql("select id, amount, tx_hash from settlement where status = 'CONFIRMED'")
			.query((RowCallbackHandler) (row) -> paid.put(row.getString("id"),
					row.getLong("amount") + " " + row.getString("tx_hash")));
		Map<String, Long> numbers = new HashMap<>();
		books.sql("select id, number from event_outbox")
			.query((RowCallbackHandler) (row) -> numbers.put(row.getString("id"), row.getLong("number")));
		Map<String, String> told = new HashMap<>();
		Map<String, Long> last = new HashMap<>();
		hook.known().forEach((delivery) -> {
			String payment = delivery.json().at("/data/settlement/id").asString(delivery.id());
			assertThat(numbers.get(delivery.id())).as("in their order").isGreaterThan(last.getOrDefault(payment, 0L));
			last.put(payment, numbers.get(delivery.id()));
			if (delivery.json().at("/type").asString().equals("payment.settled")) {
				told.put(delivery.json().at("/data/settlement/id").asString(),
						delivery.json().at("/data/settlement/amount").asString() + " "
								+ delivery.json().at("/data/settlement/transaction").asString());
			}
		});
		assertThat(told).as("told to the recipient").isEqualTo(paid);
		System.out.printf("%d events told in %d deliveries%n", hook.known().size(), hook.all.size());
	}

	/** At no moment of what the database has kept was more lent than may be. */
	private static void assertLentWithinLimits(ExposureHistory history) {
		System.out.printf("%d changes of what is lent, at most %d to one payer, %d to all%n", history.changes(),
				history.mostOfAPayer(), history.mostOfAll());
		assertThat(history.mostOfAPayer()).as("the most that one has owed").isBetween(1L, LENT);
		assertThat(history.mostOfAll()).as("the most that all have owed").isBetween(1L, LENT_TO_ALL);
		assertThat(history.now()).as("left").isZero();
	}

	private static long sum(JdbcClient books, String query) {
		return books.sql(query).query(Long.class).single();
	}

	private String log() throws IOException {
		StringBuilder text = new StringBuilder();
		try (var logs = Files.list(this.directory)) {
			for (Path log : logs.toList()) {
				text.append(Files.readString(log));
			}
		}
		return text.toString();
	}

}
