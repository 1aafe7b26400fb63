package io.github.x402sessions.facilitator;

import java.util.Map;

import io.github.x402sessions.facilitator.store.jdbc.StoredRow;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Transactions of which no node remembers whether a ledger has applied them.
 */
class OverdueTransactionTests {

	private static final int MANY = 100;

	private final FacilitatorEnvironment environment = FacilitatorEnvironment.open();

	private final NodeProxy proxy = new NodeProxy(this.environment.devnet.rpcUri());

	@AfterEach
	void close() {
		this.proxy.close();
		this.environment.close();
	}

	@Test
	void manyAreFollowedByFewThreadsAndNobodyWaitsForThem() {
		this.environment.stop();
		try (TestDatabase database = this.environment.openDatabase()) {
			database.transactions().executeWithoutResult((status) -> {
				for (int number = 0; number < MANY; number++) {
					overdue(database, number);
				}
			});
		}
		this.environment.start(Map.of("facilitator.rpc-url", this.proxy.url()));
		String id = this.environment.payer().session(1_000_000);
		Eventually.isTrue(() -> this.proxy.calls.stream().filter("getTransaction"::equals).count() > 2 * MANY);
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.filteredOn((name) -> name.startsWith("x402-settlement-"))
			.hasSizeBetween(1, MANY / 2);
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status()).isEqualTo(200);
	}

	@Test
	void operatorDecidesWhatNoNodeRemembers() {
		this.environment.stop();
		this.environment.start(Map.of("facilitator.rpc-url", this.proxy.url(), "facilitator.settle-timeout", "1s",
				"facilitator.transaction-validity", "2s"));
		try (TestDatabase database = this.environment.openDatabase()) {
			String id = this.environment.payer().session(1_000_000);
			this.proxy.answer = (method, text) -> method.equals("getTransaction") ? forgetful(text) : text;
			assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).text("errorReason"))
				.isEqualTo("settlement_pending");
			this.environment.devnet.faults().pauseClosing();
			String moved = hash(database, 100_000);
			this.environment.devnet.faults().pauseClosing();
			assertThat(decide(moved, "true").text()).contains("a ledger may still apply it");
			this.environment.devnet.faults().resumeClosing();
			Eventually.isTrue(() -> open(database, "OVER") == 1);
			assertThat(this.environment.client.settle(Payments.of(this.environment, id, "200000")).status())
				.isEqualTo(503);
			Eventually.isTrue(() -> open(database, "OVER") == 2);
			assertThat(run("transactions", "open").text()).contains(moved + " OVER", "transfers     100000",
					"who allows 700000 now", "NOT_FOUND", "has used");
			assertThat(decide(moved, "true").code()).isZero();
			assertThat(decide(hash(database, 200_000), "false").code()).isZero();
			assertThat(this.environment.client.get("/sessions/" + id).text("spent")).isEqualTo("100000");
			assertThat(this.environment.client.get("/sessions/" + id).text("reserved")).isEqualTo("0");
			assertThat(decide(moved, "false").text()).contains("Nothing is changed", "no open transaction");
		}
	}

	/** As of a node that has forgotten the ledgers that applied them. */
	private static String forgetful(String text) {
		return text.replaceAll("\"oldestLedger\":\\d+", "\"oldestLedger\":4000000000")
			.replace("\"status\":\"SUCCESS\"", "\"status\":\"NOT_FOUND\"");
	}

	private Commands.Output decide(String hash, String moved) {
		return run("transactions", "decide", "--hash", hash, "--moved", moved);
	}

	private Commands.Output run(String... arguments) {
		return Commands.run(this.environment, Map.of("facilitator.rpc-url", this.proxy.url()), arguments);
	}

	private static String hash(TestDatabase database, long amount) {
		return database.jdbc()
			.sql("select tx_hash from settlement where amount = " + amount)
			.query(String.class)
			.single();
	}

	private static int open(TestDatabase database, String status) {
		return database.jdbc()
			.sql("select count(*) from chain_transaction where status = '" + status + "'")
			.query(Integer.class)
			.single();
	}

	/** Its number is used, and it was signed before the first ledger of the node. */
	private void overdue(TestDatabase database, int number) {
		StoredRow.transaction("%064x".formatted(number), "OVER")
			.with("source", this.environment.merchant.getAccountId())
			.with("sequence", number)
			.with("submitted_ledger", 0)
			.insert(database.jdbc());
	}

}
