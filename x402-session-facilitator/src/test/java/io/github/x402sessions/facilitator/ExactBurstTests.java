package io.github.x402sessions.facilitator;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Payers of the exact scheme who come at once: each has a channel of its own, so one
 * ledger takes them all.
 */
class ExactBurstTests {

	private static final int PAYERS = 32;

	private static final long AMOUNT = 100_000;

	@Test
	void oneLedgerTakesAsManyPayersAsThereAreChannels() throws Exception {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();
				NodeProxy proxy = new NodeProxy(environment.devnet.rpcUri());
				TestDatabase database = environment.openDatabase()) {
			environment.start(Map.of("facilitator.channels", Integer.toString(PAYERS), "facilitator.settle-timeout",
					"1m", "facilitator.transaction-validity", "1m", "facilitator.rpc-url", proxy.url()));
			JdbcClient books = database.jdbc();
			Queue<Map<String, Object>> payments = new ConcurrentLinkedQueue<>(Parallel.start(PAYERS, () -> {
				KeyPair payer = environment.payer().key;
				return ExactTransfers.payment(environment, payer, AMOUNT);
			}).results());
			Eventually.isTrue(() -> count(books, "channel where slot > 0") == PAYERS);
			AtomicInteger taken = new AtomicInteger();
			proxy.answer = (method, text) -> {
				taken.addAndGet(method.equals("sendTransaction") ? 1 : 0);
				return text;
			};
			environment.devnet.faults().pauseClosing();
			Parallel<Reply> calls = Parallel.start(PAYERS, () -> environment.client.settle(payments.remove()));
			Eventually.isTrue(() -> taken.get() == PAYERS);
			assertThat(calls.done()).isZero();
			environment.devnet.closeLedger();
			List<Reply> replies = calls.results();
			assertThat(replies).allSatisfy((reply) -> assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200));
			assertThat(replies).extracting((reply) -> reply.text("transaction")).doesNotHaveDuplicates();
			assertThat(books.sql("select count(distinct ledger) from chain_transaction where status = 'CONFIRMED'")
				.query(Integer.class)
				.single()).as("ledgers").isOne();
			assertThat(books.sql("select count(distinct source) from chain_transaction").query(Integer.class).single())
				.isEqualTo(PAYERS);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(PAYERS * AMOUNT);
		}
	}

	@Test
	void whatNoLedgerTakesIsPaidByTheSamePayloadAgain() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.settle-timeout", "4s", "facilitator.transaction-validity", "3s"));
				TestDatabase database = environment.openDatabase()) {
			JdbcClient books = database.jdbc();
			Map<String, Object> payment = ExactTransfers.payment(environment, environment.payer().key, AMOUNT);
			environment.devnet.faults().surge(10_000, 500_000_000, 0);
			assertThat(environment.client.settle(payment).status()).isEqualTo(503);
			Eventually.isTrue(() -> count(books, "chain_transaction where status = 'DEAD'") == 1);
			environment.devnet.faults().clear();
			Reply again = environment.client.settle(payment);
			assertThat(again.status()).as("%s", again.body()).isEqualTo(200);
			assertThat(environment.client.settle(payment).text("errorReason")).isEqualTo("duplicate_settlement");
			assertThat(environment.usdc(environment.merchant)).isEqualTo(AMOUNT);
		}
	}

	private static int count(JdbcClient books, String rows) {
		return books.sql("select count(*) from " + rows).query(Integer.class).single();
	}

}
