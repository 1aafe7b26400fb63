package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.Network;
import org.stellar.sdk.Transaction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ledgers that others fill: payments leave together, what no ledger takes dies at its
 * time, and nothing is bid beyond what the operator allows.
 */
class SurgeTests {

	private static final int LONG = 10_000;

	/** How many ledgers the fees that a node reports are of. */
	private static final int REPORTED = 50;

	private static final long DEAR = 500_000_000;

	private final FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();

	@AfterEach
	void close() {
		this.environment.close();
	}

	@Test
	void paymentsThatWaitForALedgerLeaveAsOneAndEachIsTold() throws Exception {
		try (NodeProxy proxy = new NodeProxy(this.environment.devnet.rpcUri());
				TestDatabase books = start(
						Map.of("facilitator.rpc-url", proxy.url(), "facilitator.coalesce-window", "1s"))) {
			String id = this.environment.payer().session(10_000_000);
			AtomicInteger taken = new AtomicInteger();
			proxy.answer = (method, text) -> {
				taken.addAndGet(method.equals("sendTransaction") ? 1 : 0);
				return text;
			};
			this.environment.devnet.faults().pauseClosing();
			this.environment.devnet.faults().surge(3, DEAR, 0);
			Parallel<Reply> calls = Parallel.start(4,
					() -> this.environment.client.settle(Payments.of(this.environment, id, "100000")));
			Eventually.isTrue(() -> taken.get() > 0);
			for (int full = 0; full < 3; full++) {
				this.environment.devnet.closeLedger();
			}
			assertThat(this.environment.client.get("/sessions/" + id).text("reserved")).isEqualTo("400000");
			assertThat(this.environment.usdc(this.environment.merchant)).as("it waits for room")
				.isEqualTo(BigInteger.ZERO);
			long ledger = this.environment.devnet.closeLedger();
			List<Reply> replies = calls.results();
			assertThat(replies).allSatisfy((reply) -> {
				assertThat(reply.status()).as("%s", reply).isEqualTo(200);
				assertThat(reply.text("amount")).isEqualTo("100000");
				assertThat(reply.text("extensions/session/coalesced")).isEqualTo("4");
			});
			assertThat(replies).extracting((reply) -> reply.text("transaction")).containsOnly(onlyHash(books));
			assertThat(books.jdbc().sql("select ledger from chain_transaction").query(Long.class).single())
				.isEqualTo(ledger);
			assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(BigInteger.valueOf(400_000));
			assertThat(this.environment.client.get("/sessions/" + id).text("spent")).isEqualTo("400000");
		}
	}

	@Test
	void whatNoLedgerTakesDiesAtItsTimeAndCanBePaidAgain() throws Exception {
		try (TestDatabase books = start(Map.of("facilitator.coalesce-window", "100ms", "facilitator.channels", "2",
				"facilitator.settle-timeout", "4s", "facilitator.transaction-validity", "3s"))) {
			String id = this.environment.payer().session(1_000_000);
			Eventually.isTrue(() -> count(books, "channel where slot > 0") == 2);
			this.environment.devnet.faults().surge(LONG, DEAR, 0);
			List<Map<String, Object>> payments = IntStream.range(0, 2)
				.mapToObj(
						(number) -> Payments.identified(this.environment, id, "payment-in-a-rush-" + number, "100000"))
				.toList();
			AtomicInteger next = new AtomicInteger();
			Parallel<Reply> calls = Parallel.start(2,
					() -> this.environment.client.settle(payments.get(next.getAndIncrement())));
			Eventually.isTrue(() -> this.environment.client.get("/sessions/" + id).text("reserved").equals("200000"));
			assertThat(calls.results()).extracting(Reply::status).containsOnly(503);
			Eventually.isTrue(() -> count(books, "chain_transaction where status = 'DEAD'") == 1);
			assertThat(count(books, "chain_transaction")).as("they left as one").isOne();
			assertThat(this.environment.client.get("/sessions/" + id).text("reserved")).isEqualTo("0");
			assertThat(this.environment.client.get("/sessions/" + id).text("spent")).isEqualTo("0");
			this.environment.devnet.faults().clear();
			for (Map<String, Object> payment : payments) {
				Reply again = this.environment.client.settle(payment);
				assertThat(again.status()).as("%s", again).isEqualTo(200);
			}
			assertThat(this.environment.client.get("/sessions/" + id).text("spent")).isEqualTo("200000");
			assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(BigInteger.valueOf(200_000));
		}
	}

	@Test
	void reservationOfADeadPaymentIsReleasedOnce() throws Exception {
		try (TestDatabase books = start(Map.of("facilitator.channels", "2", "facilitator.settle-timeout", "4s",
				"facilitator.transaction-validity", "3s"))) {
			String id = this.environment.payer().session(1_000_000);
			Eventually.isTrue(() -> count(books, "channel where slot > 0") == 2);
			this.environment.devnet.faults().surge(LONG, DEAR, 0);
			Parallel<Reply> first = Parallel.start(1,
					() -> this.environment.client.settle(Payments.of(this.environment, id, "100000")));
			Eventually.isTrue(() -> count(books, "chain_transaction") == 1);
			long later = this.environment.devnet.latestLedger() + 12;
			Eventually.isTrue(() -> this.environment.devnet.latestLedger() > later);
			Parallel<Reply> second = Parallel.start(1,
					() -> this.environment.client.settle(Payments.of(this.environment, id, "200000")));
			Eventually.isTrue(() -> count(books, "chain_transaction") == 2);
			Eventually.isTrue(() -> count(books, "chain_transaction where status = 'DEAD'") == 1);
			assertThat(this.environment.client.get("/sessions/" + id).text("reserved")).isEqualTo("200000");
			first.results();
			second.results();
			Eventually.isTrue(() -> count(books, "chain_transaction where status = 'DEAD'") == 2);
			assertThat(this.environment.client.get("/sessions/" + id).text("reserved")).isEqualTo("0");
			assertThat(this.environment.client.get("/sessions/" + id).text("remaining")).isEqualTo("1000000");
		}
	}

	@Test
	void bidRisesWithTheMarketAndNotBeyondTheOperatorsLimit() throws Exception {
		Map<String, String> properties = Map.of("facilitator.max-inclusion-fee", "50000", "facilitator.settle-timeout",
				"2s");
		try (TestDatabase books = start(properties)) {
			String id = this.environment.payer().session(1_000_000);
			assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status())
				.isEqualTo(200);
			assertThat(lastBid(books)).as("with room").isEqualTo(10_000);
			restartAt(30_000, properties);
			assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status())
				.isEqualTo(200);
			assertThat(lastBid(books)).isEqualTo(30_000);
			restartAt(DEAR, properties);
			assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status())
				.isEqualTo(503);
			assertThat(lastBid(books)).isEqualTo(50_000);
		}
	}

	/** Others bid that until all ledgers that a node reports are theirs. */
	private void restartAt(long fee, Map<String, String> properties) {
		this.environment.stop();
		this.environment.devnet.faults().surge(LONG, fee, 0);
		for (int ledger = 0; ledger < REPORTED; ledger++) {
			this.environment.devnet.closeLedger();
		}
		this.environment.start(properties);
	}

	private TestDatabase start(Map<String, String> properties) {
		this.environment.start(new HashMap<>(properties));
		return this.environment.openDatabase();
	}

	private static String onlyHash(TestDatabase books) {
		return books.jdbc().sql("select hash from chain_transaction").query(String.class).single();
	}

	private static int count(TestDatabase books, String rows) {
		return books.jdbc().sql("select count(*) from " + rows).query(Integer.class).single();
	}

	/** What the last transaction offers for its place, stroops. */
	private static long lastBid(TestDatabase books) throws IOException {
		Transaction transaction = (Transaction) Transaction.fromEnvelopeXdr(books.jdbc()
			.sql("select envelope from chain_transaction order by created_at desc, submitted_ledger desc limit 1")
			.query(String.class)
			.single(), Network.TESTNET);
		return transaction.getFee() - transaction.getSorobanData().getResourceFee().getInt64();
	}

}
