package io.github.x402sessions.facilitator.reconcile;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.github.x402sessions.facilitator.TestDatabase;
import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.facilitator.store.jdbc.TestStore;
import io.github.x402sessions.stellar.rpc.EventPage;
import io.github.x402sessions.stellar.rpc.FakeStellarRpc;
import io.github.x402sessions.stellar.rpc.LatestLedger;
import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.SpenderHistory;
import io.github.x402sessions.stellar.transfer.TransferReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.StrKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * However many payers there are, a node is asked for events of those only whose allowance
 * was written.
 */
class MissingTransfersTests {

	private static final int PAYERS = 450;

	private static final String ASSET = StrKey.encodeContract(new byte[32]);

	private static final int APPROVE = 1;

	private final TestDatabase database = TestDatabase.sqlite();

	private final JdbcClient jdbc = this.database.jdbc();

	private final TestStore store = this.database.store();

	private final FakeStellarRpc node = new FakeStellarRpc();

	private final String spender = KeyPair.random().getAccountId();

	private final MissingTransfers transfers = new MissingTransfers(this.store.recordedSessions(),
			new SpenderHistory(this.node, new TransferReader(), List.of(ASSET), this.spender, "test"),
			this.store.search(this.spender));

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void whoWasNotTakenFromIsNotAskedFor() {
		registerPayers();
		this.node.written = (key) -> 40L;
		assertThat(find(50)).isEqualTo(100);
		assertThat(this.node.topics).hasSize(APPROVE);
		this.node.written = written(13, 51L);
		find(50);
		assertThat(this.node.topics).as("two topics for each of 13").hasSize(APPROVE + 25 + 1);
		assertThat(this.node.eventCalls).isEqualTo(1 + 2);
		assertThat(this.node.entryCalls).isEqualTo(3 + 3);
	}

	@Test
	void whoseAllowanceIsGoneIsLookedAtOnceMore() {
		registerPayers();
		this.node.written = written(5, null);
		find(50);
		assertThat(this.node.topics).hasSize(APPROVE + 10);
		this.node.written = (key) -> 40L;
		this.node.latest = () -> new LatestLedger(101, 1_000, 1);
		this.node.topics.clear();
		find(100);
		assertThat(this.node.topics).hasSize(APPROVE);
		assertThat(this.node.keys).isEqualTo(PAYERS + PAYERS - 5);
	}

	@Test
	void whoseAllowanceIsGoneIsLookedAtUntilThatIsWrittenDown() {
		registerPayers();
		this.node.written = written(5, null);
		assertThat(find(50)).isEqualTo(100);
		this.node.written = written(5, null);
		this.node.topics.clear();
		assertThat(find(50)).as("what was found was not written down").isEqualTo(100);
		assertThat(this.node.topics).hasSize(10);
		assertThat(this.node.keys).isEqualTo(2 * PAYERS);
	}

	/** The node's memory is full. */
	@Test
	void ledgersThatAreForgottenDuringTheSearchDoNotEndIt() {
		registerPayers();
		this.node.written = (key) -> 60L;
		AtomicLong oldest = new AtomicLong(51);
		this.node.latest = () -> new LatestLedger(100, 1_000, oldest.get());
		this.node.forgets = (startLedger) -> startLedger < oldest.getAndIncrement();
		assertThat(find(50)).isEqualTo(100);
		assertThat(this.node.topics).hasSize(APPROVE + 2 * PAYERS);
	}

	/** Between the look at what it remembers and the question. */
	@Test
	void ledgerThatIsForgottenAtTheLastMomentIsNotAskedForAgain() {
		registerPayers();
		this.node.written = (key) -> 60L;
		AtomicLong oldest = new AtomicLong(51);
		this.node.latest = () -> new LatestLedger(100, 1_000, oldest.get());
		this.node.forgets = (startLedger) -> startLedger < oldest.updateAndGet((ledger) -> Math.max(ledger, 52));
		assertThat(find(50)).isEqualTo(100);
	}

	/** It may not have seen the approve. */
	@Test
	void allowanceThatANodeDoesNotKnowYetIsNotGone() {
		registerPayers();
		this.node.entriesLedger = 99;
		this.node.written = written(5, null);
		assertThat(find(50)).as("searched as far as the allowances were read").isEqualTo(99);
		find(50);
		assertThat(this.node.keys).isEqualTo(2 * PAYERS);
	}

	@Test
	void nodeThatIsBehindTheBooksHasNotBeenSearched() {
		assertThat(find(110)).as("nodes differ by a few ledgers").isEqualTo(110);
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> find(113))
			.withMessageContaining("is 100, and the books have seen 113");
	}

	/** One node of a pool tells of it, and another is asked for it. */
	@Test
	void transactionThatANodeDoesNotKnowYetIsNotPassedBy() {
		registerPayers();
		this.node.written = (key) -> 60L;
		this.node.events = List.of(new EventPage.Event("a".repeat(64), 60, List.of("", "")));
		this.node.lookups.add(() -> FakeStellarRpc.notFound(100, 1_000, 1));
		this.node.lookups.add(() -> FakeStellarRpc.notFound(59, 1_000, 1));
		assertThatExceptionOfType(RpcException.class).isThrownBy(() -> this.transfers.find(50, (transfer) -> {
		})).withMessageContaining("does not know a transaction");
	}

	private long find(long after) {
		this.node.lookups.add(() -> FakeStellarRpc.notFound(100, 1_000, 1));
		return this.transfers.find(after, (transfer) -> {
			throw new AssertionError(transfer);
		});
	}

	/** Some were written in that ledger, if in any, and all others long ago. */
	private static Function<String, Long> written(int some, Long ledger) {
		int[] left = { some };
		return (key) -> (left[0]-- > 0) ? ledger : Long.valueOf(40);
	}

	private void registerPayers() {
		for (int i = 0; i < PAYERS; i++) {
			StoredRow.session("k" + i)
				.with("payer", KeyPair.random().getAccountId())
				.with("spender", this.spender)
				.with("asset", ASSET)
				.with("approval_ledger", 1)
				.with("expiration_ledger", 1_000)
				.insert(this.jdbc);
		}
	}

}
