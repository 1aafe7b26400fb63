package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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
			PaidBooks books = new PaidBooks(environment, database.jdbc(), load);
			try {
				for (int i = 0; i < nodeCount; i++) {
					nodes.add(start(properties, i));
				}
				nodes.forEach(NodeProcess::await);
				environment.client = new FacilitatorClient(nodes.get(0).url());
				List<String> sessions = PayerLoad.sessions(environment, PAYERS);
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
				books.assertTruth();
				books.letHoldsLapse();
				books.awaitQuiet();
				assertLentWithinLimits(history);
				books.assertTold(hook, 0);
			}
			finally {
				nodes.forEach(NodeProcess::close);
			}
			assertThat(log()).doesNotContain(new String(environment.spender.getSecretSeed()));
			books.assertAgreement(properties);
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

	/** At no moment of what the database has kept was more lent than may be. */
	private static void assertLentWithinLimits(ExposureHistory history) {
		System.out.printf("%d changes of what is lent, at most %d to one payer, %d to all%n", history.changes(),
				history.mostOfAPayer(), history.mostOfAll());
		assertThat(history.mostOfAPayer()).as("the most that one has owed").isBetween(1L, LENT);
		assertThat(history.mostOfAll()).as("the most that all have owed").isBetween(1L, LENT_TO_ALL);
		assertThat(history.now()).as("left").isZero();
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
