package io.github.x402sessions.devnet;

import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.x402sessions.devnet.ledger.EntryKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stellar.sdk.CreateAccountOperation;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A pool of nodes of which each knows another latest ledger.
 */
class LaggingNodesTests {

	private static final int CALLS = 40;

	private final ManualNetwork chain = new ManualNetwork();

	@AfterEach
	void stop() throws IOException {
		this.chain.close();
	}

	@Test
	void eachCallSeesALedgerOfItsOwnByTheSeed() {
		closeLedgers(5);
		this.chain.devnet.faults().lagNodes(3, 7);
		List<Long> once = latestLedgers();
		this.chain.devnet.faults().lagNodes(3, 7);

		assertThat(latestLedgers()).isEqualTo(once);
		assertThat(once).containsOnly(3L, 4L, 5L, 6L).contains(3L, 4L, 5L, 6L);
		assertThat(once).isNotEqualTo(once.stream().sorted().toList());
		this.chain.devnet.faults().clear();
		assertThat(latestLedgers()).containsOnly(6L);
		assertThatIllegalArgumentException().isThrownBy(() -> this.chain.devnet.faults().lagNodes(4, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.chain.devnet.faults().lagNodes(-1, 1));
	}

	@Test
	void nothingIsOlderThanTheFirstLedger() {
		this.chain.devnet.closeLedger();
		this.chain.devnet.faults().lagNodes(3, 1);

		assertThat(latestLedgers()).containsOnly(1L, 2L);
	}

	@Test
	void healthAndLatestLedgerAreOfTheSameKind() {
		closeLedgers(4);
		this.chain.devnet.faults().lagNodes(3, 5);

		assertThat(calls("getHealth", Map.of()).map((reply) -> reply.get("latestLedger").asLong())).contains(2L, 5L);
		assertThat(calls("getLatestLedger", Map.of()).map((reply) -> reply.get("id").asString()).distinct()).hasSize(4);
	}

	@Test
	void entryIsAsOldAsTheLedgerThatIsToldWithIt() {
		KeyPair owner = this.chain.holder("10");
		KeyPair spender = this.chain.account();
		this.chain.approve(owner, spender, 500, 1000);
		this.chain.approve(owner, spender, 700, 1000);
		this.chain.devnet.faults().lagNodes(3, 11);

		Map<String, Object> keys = Map.of("keys", List.of(EntryKey.account(owner.getAccountId()).toBase64()));
		Set<String> seen = new HashSet<>();
		for (JsonNode reply : calls("getLedgerEntries", keys).toList()) {
			boolean known = reply.get("latestLedger").asLong() >= 2;
			assertThat(reply.get("entries").isEmpty()).isNotEqualTo(known);
			seen.add(reply.get("latestLedger").asLong() + reply.at("/entries/0/xdr").asString());
		}
		assertThat(seen).hasSize(3);
	}

	@Test
	void simulationRunsInTheStateOfItsNode() {
		KeyPair owner = this.chain.holder("10");
		KeyPair spender = this.chain.account();
		Transaction view = this.chain.call(owner, owner, "allowance", ManualNetwork.address(owner),
				ManualNetwork.address(spender));
		this.chain.approve(owner, spender, 500, 1000);
		long approved = this.chain.devnet.latestLedger();
		this.chain.devnet.faults().lagNodes(1, 3);

		for (JsonNode reply : calls("simulateTransaction", Map.of("transaction", view.toEnvelopeXdrBase64()))
			.toList()) {
			assertThat(reply.at("/results/0/xdr").asString())
				.isEqualTo(i128((reply.get("latestLedger").asLong() < approved) ? 0 : 500));
		}
	}

	@Test
	void transactionIsNotFoundByANodeThatDoesNotKnowItsLedger() {
		Transaction transaction = opening(this.chain.account());
		this.chain.land(transaction);
		long landed = this.chain.devnet.latestLedger();
		closeLedgers(1);
		this.chain.devnet.faults().lagNodes(3, 2);

		Set<String> statuses = new HashSet<>();
		for (JsonNode reply : calls("getTransaction", Map.of("hash", transaction.hashHex())).toList()) {
			boolean known = reply.get("latestLedger").asLong() >= landed;
			assertThat(reply.get("status").asString()).isEqualTo(known ? "SUCCESS" : "NOT_FOUND");
			assertThat(reply.get("oldestLedger").asLong()).isEqualTo(1);
			statuses.add(reply.get("status").asString());
		}
		assertThat(statuses).hasSize(2);
	}

	@Test
	void nodeJudgesASequenceNumberByTheStateThatItKnows() {
		KeyPair source = this.chain.account();
		closeLedgers(1);
		this.chain.land(opening(source));
		Transaction next = opening(source);
		this.chain.devnet.faults().lagNodes(1, 4);

		Set<String> told = new HashSet<>();
		for (JsonNode reply : calls("sendTransaction", Map.of("transaction", next.toEnvelopeXdrBase64())).toList()) {
			boolean known = reply.get("latestLedger").asLong() == this.chain.devnet.latestLedger();
			assertThat(reply.get("status").asString()).isIn(known ? List.of("PENDING", "DUPLICATE") : List.of("ERROR"));
			told.add(reply.get("status").asString());
		}
		assertThat(told).contains("PENDING", "DUPLICATE", "ERROR");
		this.chain.devnet.closeLedger();
		this.chain.devnet.faults().clear();
		assertThat(this.chain.applied(next).get("status").asString()).isEqualTo("SUCCESS");
	}

	@Test
	void whatHasLandedStillWaitsForANodeBehind() {
		Transaction transaction = opening(this.chain.account());
		closeLedgers(1);
		this.chain.land(transaction);
		this.chain.devnet.faults().lagNodes(1, 9);

		assertThat(calls("sendTransaction", Map.of("transaction", transaction.toEnvelopeXdrBase64()))
			.map((reply) -> reply.get("status").asString())
			.distinct()).containsExactlyInAnyOrder("DUPLICATE", "TRY_AGAIN_LATER");
	}

	@Test
	void adminEndpointSetsTheLag() {
		RpcClient admin = new RpcClient(URI.create(this.chain.devnet.adminUri() + "/faults"));

		assertThat(admin.json("{\"lagLedgers\":2,\"lagSeed\":9}").get("faults").toString()).contains("\"lagLedgers\":2",
				"\"lagSeed\":9");
		assertThat(admin.post("{\"lagLedgers\":4}").statusCode()).isEqualTo(400);
	}

	private Transaction opening(KeyPair source) {
		return ManualNetwork.signed(this.chain.build(source,
				new CreateAccountOperation.Builder(KeyPair.random().getAccountId(), "10").build()), source);
	}

	private void closeLedgers(int count) {
		IntStream.range(0, count).forEach((i) -> this.chain.devnet.closeLedger());
	}

	private List<Long> latestLedgers() {
		return calls("getLatestLedger", Map.of()).map((reply) -> reply.get("sequence").asLong()).toList();
	}

	private Stream<JsonNode> calls(String method, Map<String, ?> params) {
		return IntStream.range(0, CALLS).mapToObj((i) -> this.chain.rpc.result(method, params));
	}

	private static String i128(long value) {
		return ManualNetwork.ask(() -> ManualNetwork.amount(value).toXdrBase64());
	}

}
