package io.github.x402sessions.facilitator;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transactions of which no node remembers whether a ledger has applied them.
 */
class OverdueTransactionTests {

	private static final int MANY = 100;

	private final Town town = Town.open();

	private final NodeProxy proxy = new NodeProxy(this.town.devnet.rpcUri());

	@AfterEach
	void close() {
		this.proxy.close();
		this.town.close();
	}

	@Test
	void manyAreFollowedByFewThreadsAndNobodyWaitsForThem() {
		this.town.stop();
		try (TestDatabase database = this.town.openDatabase()) {
			for (int number = 0; number < MANY; number++) {
				overdue(database, number);
			}
		}
		this.town.start(Map.of("facilitator.rpc-url", this.proxy.url()));
		String id = this.town.payer().session(1_000_000);
		Eventually.isTrue(() -> this.proxy.calls.stream().filter("getTransaction"::equals).count() > 2 * MANY);
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.filteredOn((name) -> name.startsWith("x402-settlement-"))
			.hasSizeBetween(1, MANY / 2);
		assertThat(this.town.client.settle(Payments.of(this.town, id, "100000")).status()).isEqualTo(200);
	}

	/** Its number is used, and it was signed before the first ledger of the node. */
	private void overdue(TestDatabase database, int number) {
		database.jdbc()
			.sql("""
					insert into chain_transaction (hash, envelope, source, sequence, max_time, submitted_ledger, status,
					created_at, updated_at) values (:hash, 'AAAA', :source, :number, 1, 0, 'OVER', 1, 1)""")
			.param("hash", "%064x".formatted(number))
			.param("source", this.town.merchant.getAccountId())
			.param("number", number)
			.update();
	}

}
