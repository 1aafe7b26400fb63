package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many nodes: a pool behind one URL that does not agree on the latest ledger, and
 * endpoints of several providers.
 */
class NodePoolTests {

	private final FacilitatorEnvironment environment = FacilitatorEnvironment.withoutFacilitator();

	@AfterEach
	void close() {
		this.environment.close();
	}

	@Test
	void nothingEndsBecauseNodesDisagree() {
		this.environment.start(Map.of());
		Map<String, Object> claims = this.environment.payer().approved(1_000_000);
		this.environment.devnet.faults().lagNodes(3, 20);
		Reply registered = this.environment.client.post("/sessions", claims);
		assertThat(registered.status()).as("%s", registered).isEqualTo(201);
		String id = registered.text("sessionId");
		List<Reply> replies = IntStream.range(0, 6)
			.mapToObj((call) -> this.environment.client.settle(Payments.of(this.environment, id, "10000")))
			.toList();
		assertThat(replies).extracting(Reply::status).as("%s", replies).isSubsetOf(200, 503).contains(200);
		assertThat(this.environment.client.get("/sessions/" + id).text("status")).isEqualTo("active");
		this.environment.devnet.faults().clear();
		Eventually.isTrue(() -> this.environment.client.get("/sessions/" + id).text("reserved").equals("0"));
		assertThat(this.environment.client.get("/sessions/" + id).text("spent"))
			.isEqualTo(this.environment.usdc(this.environment.merchant).toString());
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "10000")).status()).isEqualTo(200);
	}

	@Test
	void refusalOfANodeThatLagsIsNone() {
		try (NodeProxy proxy = new NodeProxy(this.environment.devnet.rpcUri())) {
			this.environment.start(Map.of("facilitator.rpc-url", proxy.url()));
			String id = this.environment.payer().session(1_000_000);
			long old = this.environment.devnet.latestLedger();
			this.environment.payer().session(1_000_000);
			proxy.answer = (method, text) -> method.equals("getLedgerEntries")
					? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"entries\":[],\"latestLedger\":" + old + "}}" : text;
			Reply unknown = this.environment.client.verify(Payments.of(this.environment, id, "100000"));
			assertThat(unknown.status()).as("%s", unknown).isEqualTo(503);
			proxy.answer = (method, text) -> text;
			Eventually.isTrue(
					() -> this.environment.client.verify(Payments.of(this.environment, id, "100000")).status() == 200);
		}
	}

	@Test
	void furtherEndpointTakesOverWhereTheFirstIsDown() {
		this.environment.start(Map.of("facilitator.rpc-url", nobody(), "facilitator.rpc-urls",
				this.environment.devnet.rpcUri().toString()));
		String id = this.environment.payer().session(1_000_000);
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status()).isEqualTo(200);
	}

	@Test
	void amountIsNotFreedOnTheWordOfOneNode() {
		try (NodeProxy liar = new NodeProxy(this.environment.devnet.rpcUri())) {
			Map<String, String> properties = new HashMap<>(
					Map.of("facilitator.rpc-url", liar.url(), "facilitator.settle-timeout", "1s"));
			properties.put("facilitator.rpc-urls", this.environment.devnet.rpcUri().toString());
			this.environment.start(properties);
			String id = this.environment.payer().session(1_000_000);
			liar.answer = (method, text) -> method.equals("getTransaction")
					? text.replace("\"status\":\"SUCCESS\"", "\"status\":\"FAILED\"") : text;
			Reply pending = this.environment.client.settle(Payments.of(this.environment, id, "100000"));
			assertThat(pending.text("errorReason")).as("%s", pending).isEqualTo("settlement_pending");
			assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));
			assertThat(this.environment.client.get("/sessions/" + id).text("reserved")).isEqualTo("100000");
			liar.answer = (method, text) -> text;
			Eventually.isTrue(() -> this.environment.client.get("/sessions/" + id).text("spent").equals("100000"));
		}
	}

	@Test
	void endpointWhoseLedgerStandsStillIsLeft() {
		try (NodeProxy still = new NodeProxy(this.environment.devnet.rpcUri())) {
			start(still.url(), this.environment.devnet.rpcUri().toString());
			String id = this.environment.payer().session(1_000_000);
			AtomicReference<String> nothing = new AtomicReference<>();
			still.answer = (method, text) -> method.equals("getTransaction")
					? nothing.updateAndGet((first) -> (first != null) ? first : text) : text;
			Eventually.isTrue(() -> {
				this.environment.client.verify(Payments.of(this.environment, id, "100000"));
				return nothing.get() != null;
			});
			assertThat(nothing.get()).contains("NOT_FOUND");
			assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status())
				.isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "-32602,false", "-32600,false", "-32603,true", "-32000,true", "0,true" })
	void onlyTheTroubleOfAnEndpointTurnsToTheNext(int code, boolean turns) {
		try (NodeProxy first = new NodeProxy(this.environment.devnet.rpcUri());
				NodeProxy second = new NodeProxy(this.environment.devnet.rpcUri())) {
			start(first.url(), second.url());
			String id = this.environment.payer().session(1_000_000);
			first.answer = (method, text) -> method.equals("simulateTransaction")
					? "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":" + code + ",\"message\":\"no\"}}" : text;
			second.calls.clear();
			this.environment.client.settle(Payments.of(this.environment, id, "100000"));
			assertThat(first.calls).contains("simulateTransaction");
			assertThat(second.calls.contains("simulateTransaction")).isEqualTo(turns);
		}
	}

	private void start(String first, String second) {
		this.environment.start(Map.of("facilitator.rpc-url", first, "facilitator.rpc-urls", second,
				"facilitator.rpc-standstill", "1s", "facilitator.settle-timeout", "5s"));
	}

	/** An address at which nobody listens. */
	private static String nobody() {
		return "http://localhost:" + FreePort.find() + "/rpc";
	}

}
