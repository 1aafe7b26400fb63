package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.facilitator.key.TestSpenders;
import io.github.x402sessions.facilitator.operations.FeeHealth;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.balance.LedgerState;
import io.github.x402sessions.stellar.rpc.HttpStellarRpc;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Channels: as many settlements in one ledger as there are, kept in lumens, repaired.
 */
class ChannelTests {

	private static final Map<String, String> EIGHT = Map.of("facilitator.channels", "8", "facilitator.channel-balance",
			"3");

	@Test
	void asManySettlementsAsChannelsLandInOneLedger() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(EIGHT);
				TestDatabase database = environment.openDatabase()) {
			String id = environment.payer().session(10_000_000);
			awaitChannels(database, 8);
			environment.devnet.faults().pauseClosing();
			Parallel<Integer> calls = Parallel.start(8,
					() -> environment.client.settle(Payments.of(environment, id, "100000")).status());
			Eventually.isTrue(() -> count(database, "status = 'OPEN'") == 8);
			send(database, environment);
			environment.devnet.faults().resumeClosing();
			assertThat(calls.results()).containsOnly(200);
			assertThat(database.jdbc()
				.sql("select count(distinct ledger) from chain_transaction")
				.query(Integer.class)
				.single()).isOne();
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(800_000));
		}
	}

	@Test
	void twoHundredAtOnceOnASessionForAHundredSettleExactlyAHundred() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(EIGHT)) {
			String id = environment.payer().session(10_000_000);
			List<Integer> statuses = Parallel.start(200, () -> environment.settleInTurn(id, "100000").status())
				.results();
			assertThat(statuses).filteredOn((status) -> status == 200).hasSize(100);
			assertThat(statuses).filteredOn((status) -> status == 400).hasSize(100);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(10_000_000));
			assertThat(environment.client.get("/sessions/" + id).text("spent")).isEqualTo("10000000");
		}
	}

	@Test
	void channelThatRunsLowIsFilledUp() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(EIGHT);
				TestDatabase database = environment.openDatabase()) {
			awaitChannels(database, 8);
			environment.stop();
			environment.start(Map.of("facilitator.channels", "8", "facilitator.channel-balance", "20"));
			Eventually.isTrue(() -> environment.lumens(environment.channel(1)).longValueExact() == 200_000_000);
			assertThat(environment.lumens(environment.channel(8)).longValueExact()).isEqualTo(200_000_000);
		}
	}

	@Test
	void channelThatCannotPayIsNotUsedUntilTheSpenderCanFillItUp() {
		Map<String, String> two = Map.of("facilitator.channels", "2", "facilitator.channel-balance", "2");
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(two);
				TestDatabase database = environment.openDatabase()) {
			String id = environment.payer().session(1_000_000);
			awaitChannels(database, 2);
			leave(environment, environment.spender, 20_000_000);
			leave(environment, environment.channel(1), 10_000_100);
			// What it sees to at its start it need not wait for.
			environment.stop();
			environment.start(two);
			Eventually.isTrue(() -> solvent(database) == 1);
			assertThat(fees(environment, database)).containsEntry("lowestChannel", "0.0000100")
				.containsEntry("lowestChannelAccount", environment.channel(1).getAccountId())
				.containsEntry("channelsThatCannotPay", 1L);
			BigInteger spender = environment.lumens(environment.spender);
			for (int call = 0; call < 3; call++) {
				assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			}
			assertThat(count(database, "source = '" + environment.channel(2).getAccountId() + "'")).isEqualTo(3);
			assertThat(environment.lumens(environment.spender)).as("nothing is tried that cannot be paid")
				.isEqualTo(spender);
			new Payer(environment, environment.merchant).payLumens(environment.spender.getAccountId(), 1_000_000_000);
			Eventually.isTrue(() -> solvent(database) == 2);
			assertThat(environment.lumens(environment.channel(1)).longValueExact()).isGreaterThan(20_000_000);
		}
	}

	@Test
	void channelIsNotFilledUpTwiceByTwoNodes() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();
				NodeProxy late = new NodeProxy(environment.devnet.rpcUri())) {
			assertThat(Commands.run(environment, "channels", "create", "--count", "1").code()).isZero();
			CompletableFuture<Void> done = new CompletableFuture<>();
			CompletableFuture<Void> looked = new CompletableFuture<>();
			late.answer = (method, text) -> {
				if (method.equals("getLedgerEntries") && looked.complete(null)) {
					done.join();
				}
				return text;
			};
			CompletableFuture<Commands.Output> second = CompletableFuture
				.supplyAsync(() -> Commands.run(environment, Map.of("facilitator.rpc-url", late.url()), "channels",
						"create", "--count", "1", "--facilitator.channel-balance=20"));
			looked.join();
			assertThat(
					Commands.run(environment, "channels", "create", "--count", "1", "--facilitator.channel-balance=20")
						.code())
				.isZero();
			done.complete(null);
			assertThat(second.join().code()).isZero();
			assertThat(environment.lumens(environment.channel(1)).longValueExact()).isEqualTo(200_000_000);
		}
	}

	/** Pay away what an account has, but for some stroops. */
	private static void leave(FacilitatorEnvironment environment, KeyPair account, long stroops) {
		new Payer(environment, account).payLumens(environment.merchant.getAccountId(),
				environment.lumens(account).longValueExact() - stroops - 100);
	}

	private static int solvent(TestDatabase database) {
		return database.jdbc()
			.sql("select count(*) from channel where slot > 0 and solvent")
			.query(Integer.class)
			.single();
	}

	private static Map<String, Object> fees(FacilitatorEnvironment environment, TestDatabase database) {
		HttpStellarRpc rpc = new HttpStellarRpc(environment.devnet.rpcUri(), Duration.ofSeconds(10));
		String spender = environment.spender.getAccountId();
		TransferReadinessReader reader = new TransferReadinessReader(rpc,
				new LedgerState(rpc, environment.devnet.networkPassphrase()));
		return new FeeHealth(reader, TestSpenders.named(spender), database.store().openWork()).health().getDetails();
	}

	@Test
	void numberOfAChannelThatSomebodyElseUsedIsRepaired() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(Map.of("facilitator.channels", "1"));
				TestDatabase database = environment.openDatabase()) {
			String id = environment.payer().session(1_000_000);
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			new Payer(environment, environment.channel(1)).approved(1,
					environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			assertThat(count(database, "status = 'CONFIRMED'")).isEqualTo(2);
			assertThat(count(database, "status = 'DEAD'")).isOne();
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(200_000));
		}
	}

	@Test
	void channelWhoseTransactionIsLostDoesNotHoldUpTheOthers() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(Map.of("facilitator.channels", "2",
				"facilitator.settle-timeout", "3s", "facilitator.transaction-validity", "60s"));
				TestDatabase database = environment.openDatabase()) {
			String id = environment.payer().session(1_000_000);
			awaitChannels(database, 2);
			environment.devnet.faults().dropNextTransaction();
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).text("errorReason"))
				.isEqualTo("settlement_pending");
			for (int call = 0; call < 3; call++) {
				Map<String, Object> other = Payments.identified(environment, id, "pay_0123456789_" + call, "100000");
				assertThat(environment.client.settle(other).status()).isEqualTo(200);
			}
			assertThat(count(database, "status = 'OPEN'")).isOne();
			assertThat(environment.client.get("/sessions/" + id).text("reserved")).isEqualTo("100000");
		}
	}

	@Test
	void callsOfOneSessionShareATransferAndEachIsRecordedAlone() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.channels", "2", "facilitator.coalesce-window", "300ms"));
				TestDatabase database = environment.openDatabase()) {
			String id = environment.payer().session(100_000_000);
			String other = environment.payer().session(100_000_000);
			awaitChannels(database, 2);
			Parallel<FacilitatorClient.Reply> calls = Parallel.start(50,
					() -> environment.client.settle(Payments.of(environment, id, "100000")));
			FacilitatorClient.Reply alone = environment.client.settle(Payments.of(environment, other, "100000"));
			assertThat(alone.status()).isEqualTo(200);
			assertThat(alone.text("extensions/session/coalesced")).isNull();
			List<FacilitatorClient.Reply> replies = calls.results();
			assertThat(replies).extracting(FacilitatorClient.Reply::status).containsOnly(200);
			assertThat(replies).allSatisfy((reply) -> assertThat(reply.text("amount")).isEqualTo("100000"));
			long transactions = replies.stream().map((reply) -> reply.text("transaction")).distinct().count();
			assertThat(transactions).isLessThan(25);
			assertThat(replies).extracting((reply) -> reply.text("extensions/session/coalesced"))
				.anyMatch((calls2) -> calls2 != null && Integer.parseInt(calls2) > 1);
			assertThat(database.jdbc()
				.sql("select count(*) from settlement where status = 'CONFIRMED'")
				.query(Integer.class)
				.single()).isEqualTo(51);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(5_100_000));
		}
	}

	@Test
	void callThatTheAllowanceDoesNotCoverDoesNotSpoilTheOthers() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.coalesce-window", "500ms"))) {
			Payer payer = environment.payer();
			String id = payer.session(1_000_000);
			payer.approved(400_000, environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
			List<Integer> statuses = Parallel
				.start(5, () -> environment.client.settle(Payments.of(environment, id, "100000")).status())
				.results();
			assertThat(statuses).filteredOn((status) -> status == 200).hasSizeGreaterThanOrEqualTo(1);
			long settled = statuses.stream().filter((status) -> status == 200).count();
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(settled * 100_000));
			Eventually.isTrue(() -> environment.client.get("/sessions/" + id).text("reserved").equals("0"));
			assertThat(environment.client.get("/sessions/" + id).text("spent"))
				.isEqualTo(Long.toString(settled * 100_000));
		}
	}

	static void awaitChannels(TestDatabase database, int count) {
		Eventually.isTrue(() -> database.jdbc()
			.sql("select count(*) from channel where slot > 0")
			.query(Integer.class)
			.single() == count);
	}

	/** What is written down may not be sent yet; sending it twice does no harm. */
	static void send(TestDatabase database, FacilitatorEnvironment environment) {
		HttpStellarRpc rpc = new HttpStellarRpc(environment.devnet.rpcUri(), Duration.ofSeconds(30));
		database.jdbc()
			.sql("select envelope from chain_transaction where status = 'OPEN'")
			.query(String.class)
			.list()
			.forEach(rpc::send);
	}

	private static int count(TestDatabase database, String condition) {
		return database.jdbc()
			.sql("select count(*) from chain_transaction where " + condition)
			.query(Integer.class)
			.single();
	}

}
