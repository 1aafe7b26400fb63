package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.settlement.KeyStatus;
import io.github.x402sessions.facilitator.settlement.SettlementEngine;
import io.github.x402sessions.facilitator.settlement.SettlementResult;
import io.github.x402sessions.facilitator.settlement.funding.FundingSource;
import io.github.x402sessions.facilitator.settlement.funding.TransferOrder;
import io.github.x402sessions.facilitator.settlement.repository.PaymentKey;
import io.github.x402sessions.facilitator.store.jdbc.NamedAccount;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;

import org.springframework.context.ApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payments that belong to no session, from the settlement engine to the chain and back
 * into the books.
 */
class AccountPaymentTests {

	private static final String ALIAS = "pay_1234567890123";

	@Test
	void eachIsToldOnceAndEachConflictIsSeen() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(channels(2))) {
			PayerSignedTransfers transfers = transfers(environment, 2);
			FundingSource account = account(transfers);
			SettlementEngine engine = engine(environment);
			assertThat(engine.use(account, key("17", "terms", ALIAS))).isEqualTo(KeyStatus.FREE);
			assertThat(settle(engine, transfers, key("17", "terms", ALIAS)))
				.isInstanceOfSatisfying(SettlementResult.Settled.class, (settled) -> {
					assertThat(settled.calls()).isOne();
					assertThat(settled.replayed()).isFalse();
				});
			assertThat(settle(engine, transfers, key("17", "terms", ALIAS)))
				.isEqualTo(new SettlementResult.Duplicate());
			assertThat(engine.use(account, key("17", "terms", ALIAS))).isEqualTo(KeyStatus.TOLD);
			assertThat(settle(engine, transfers, key("17", "others", null))).isEqualTo(new SettlementResult.Conflict());
			assertThat(engine.isAliasTaken(account, key("17", "others", null))).isFalse();
			assertThat(settle(engine, transfers, key("18", "terms", ALIAS))).as("whose terms are the same")
				.isEqualTo(new SettlementResult.Conflict());
			assertThat(engine.use(account, key("18", "terms", ALIAS))).isEqualTo(KeyStatus.OTHER);
			assertThat(engine.isAliasTaken(account, key("18", "terms", ALIAS))).isTrue();
			assertThat(environment.usdc(environment.merchant).longValueExact()).isEqualTo(7);
			assertThat(Commands.run(environment, channels(2), "reconcile").text())
				.isEqualToIgnoringNewLines("Books and chain agree.");
		}
	}

	@Test
	void paymentsOfOnePayerGoAlone() throws Exception {
		Map<String, String> properties = Map.of("facilitator.channels", "4", "facilitator.coalesce-window", "50ms");
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(properties)) {
			PayerSignedTransfers transfers = transfers(environment, 4);
			SettlementEngine engine = engine(environment);
			AtomicInteger nonce = new AtomicInteger();
			List<SettlementResult> results = Parallel
				.start(4, () -> settle(engine, transfers, key("" + nonce.incrementAndGet(), "terms", null)))
				.results();
			assertThat(results)
				.allSatisfy((result) -> assertThat(result).isInstanceOfSatisfying(SettlementResult.Settled.class,
						(settled) -> assertThat(settled.calls()).isOne()));
			assertThat(environment.usdc(environment.merchant).longValueExact()).isEqualTo(4 * 7);
		}
	}

	@Test
	void thirtyTwoPayersAtOnceSettleInOneLedger() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(channels(32));
				TestDatabase books = environment.openDatabase()) {
			Queue<PayerSignedTransfers> payers = new ConcurrentLinkedQueue<>();
			for (int i = 0; i < 32; i++) {
				payers.add(transfers(environment, 32));
			}
			SettlementEngine engine = engine(environment);
			ChannelTests.awaitChannels(books, 32);
			environment.devnet.faults().pauseClosing();
			Parallel<SettlementResult> calls = Parallel.start(32,
					() -> settle(engine, payers.remove(), key("1", "terms", null)));
			Eventually.isTrue(() -> books.jdbc()
				.sql("select count(distinct source) from chain_transaction where status = 'OPEN'")
				.query(Integer.class)
				.single() == 32);
			ChannelTests.send(books, environment);
			environment.devnet.faults().resumeClosing();
			assertThat(calls.results()).hasOnlyElementsOfType(SettlementResult.Settled.class);
			assertThat(books.jdbc()
				.sql("select distinct ledger from settlement where account is not null")
				.query(Long.class)
				.list()).hasSize(1);
			assertThat(environment.usdc(environment.merchant).longValueExact()).isEqualTo(32 * 7);
		}
	}

	@Test
	void backupThatLacksThemSettlesNothingUntilAnOperatorSaysSo() throws IOException {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(channels(2))) {
			PayerSignedTransfers transfers = transfers(environment, 2);
			settled(environment, transfers, "1");
			environment.stop();
			Path backup = environment.database.resolveSibling("backup.db");
			Files.copy(environment.database, backup);
			environment.start(channels(2));
			settled(environment, transfers, "2");
			settled(environment, transfers, "3");
			environment.stop();
			Files.copy(backup, environment.database, StandardCopyOption.REPLACE_EXISTING);
			environment.start(channels(2));
			String id = environment.payer().session(1_000_000);
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).text("errorMessage"))
				.contains("books and the chain disagree");
			Commands.Output found = Commands.run(environment, channels(2), "reconcile");
			assertThat(found.code()).as(found.text()).isEqualTo(1);
			assertThat(found.text()).contains("transaction(s) that the books do not know, perhaps transfers");
			assertThat(Commands.run(environment, channels(2), "reconcile", "--accept").code()).isZero();
			assertThat(Commands.run(environment, channels(2), "reconcile").code()).isZero();
			Eventually.isTrue(() -> environment.client.settle(Payments.of(environment, id, "100000")).status() == 200);
			settled(environment, transfers, "4");
			assertThat(Commands.run(environment, channels(2), "reconcile").code()).isZero();
		}
	}

	/** Books that are new begin with what the channels have done before. */
	@Test
	void newBooksSettleThoughTheChannelsAreOld() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open(channels(2));
				TestDatabase fresh = TestDatabase.sqlite()) {
			PayerSignedTransfers transfers = transfers(environment, 2);
			settled(environment, transfers, "1");
			environment.stop();
			Map<String, String> properties = new HashMap<>(channels(2));
			properties.putAll(fresh.properties());
			environment.start(properties);
			settled(environment, transfers, "2");
			assertThat(Commands.run(environment, properties, "reconcile").code()).isZero();
		}
	}

	private static void settled(FacilitatorEnvironment environment, PayerSignedTransfers transfers, String nonce) {
		assertThat(settle(engine(environment), transfers, key(nonce, "terms", null)))
			.isInstanceOf(SettlementResult.Settled.class);
	}

	private static Map<String, String> channels(int count) {
		return Map.of("facilitator.channels", Integer.toString(count));
	}

	private static PayerSignedTransfers transfers(FacilitatorEnvironment environment, int channels) {
		KeyPair key = KeyPair.random();
		environment.devnet.fund(key.getAccountId());
		environment.devnet.faucet(key.getAccountId(), new BigDecimal("100"));
		return new PayerSignedTransfers(environment, key, channels);
	}

	private static SettlementEngine engine(FacilitatorEnvironment environment) {
		return ((ApplicationContext) ReflectionTestUtils.getField(environment.server(), "context"))
			.getBean(SettlementEngine.class);
	}

	private static FundingSource account(PayerSignedTransfers transfers) {
		return new NamedAccount(transfers.account(), transfers);
	}

	private static SettlementResult settle(SettlementEngine engine, PayerSignedTransfers transfers, PaymentKey key) {
		return engine.settle(new TransferOrder(account(transfers), transfers.transfer(7), Integer.MAX_VALUE), key,
				engine.deadline());
	}

	private static PaymentKey key(String nonce, String terms, String alias) {
		return new PaymentKey(nonce, terms, false, alias);
	}

}
