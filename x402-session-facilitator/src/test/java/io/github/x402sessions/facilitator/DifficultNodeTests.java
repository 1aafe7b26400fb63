package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that lag, dawdle, forget or belong to somebody else: no money moves behind
 * anybody's back, and no session ends for it.
 */
class DifficultNodeTests {

	private final FacilitatorEnvironment environment = FacilitatorEnvironment.open();

	private final NodeProxy proxy = new NodeProxy(this.environment.devnet.rpcUri());

	@AfterEach
	void close() {
		this.proxy.close();
		this.environment.close();
	}

	@Test
	void laggingSimulationDoesNotEndASession() {
		restart(Map.of());
		String id = this.environment.payer().session(1_000_000);
		this.proxy.answer = (method, text) -> method.equals("simulateTransaction")
				? result("{\"error\":\"HostError: Error(Contract, #9)\",\"latestLedger\":1}") : text;
		Reply first = this.environment.client.settle(Payments.of(this.environment, id, "100000"));
		assertThat(first.status()).isEqualTo(503);
		assertThat(first.text("errorReason")).isEqualTo("rpc_error");
		assertThat(this.environment.client.get("/sessions/" + id).text("status")).isEqualTo("active");
		this.proxy.answer = (method, text) -> text;
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).status()).isEqualTo(200);
	}

	@Test
	void laggingAllowanceIsReadAgain() {
		restart(Map.of());
		Map<String, Object> claims = this.environment.payer().approved(1_000_000);
		this.environment.client.post("/sessions", this.environment.payer().approved(1));
		this.proxy.answer = once("getLedgerEntries", "{\"entries\":[],\"latestLedger\":1}");
		Reply registered = this.environment.client.post("/sessions", claims);
		assertThat(registered.status()).as("%s", registered.body()).isEqualTo(201);
	}

	@Test
	void allowanceWhoseEntryHasExpiredIsNone() {
		restart(Map.of());
		String id = this.environment.payer().session(1_000_000);
		this.proxy.answer = (method, text) -> method.equals("getLedgerEntries")
				? text.replaceAll("\"liveUntilLedgerSeq\":\\d+", "\"liveUntilLedgerSeq\":1") : text;
		Eventually.isTrue(() -> "session_superseded"
			.equals(this.environment.client.verify(Payments.of(this.environment, id, "100000")).text("invalidReason")));
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "100000")).text("errorReason"))
			.isEqualTo("session_superseded");
		assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(BigInteger.ZERO);
	}

	@Test
	void nothingIsSentForACallerWhoHasGone() {
		restart(Map.of("facilitator.settle-timeout", "1s"));
		String id = this.environment.payer().session(1_000_000);
		CountDownLatch never = new CountDownLatch(1);
		this.proxy.before = (method) -> {
			if (method.equals("simulateTransaction")) {
				Eventually.opens(never);
			}
		};
		long start = System.nanoTime();
		Reply reply = this.environment.client.settle(Payments.of(this.environment, id, "100000"));
		assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
		assertThat(reply.text("errorReason")).isEqualTo("rpc_error");
		never.countDown();
		assertThat(this.environment.client.get("/sessions/" + id).text("reserved")).isEqualTo("0");
		assertThat(this.proxy.calls).doesNotContain("sendTransaction");
	}

	@Test
	void transactionThatNoQueueTookIsNotOfferedAfterItsCallerHasGone() {
		restart(Map.of("facilitator.settle-timeout", "1s", "facilitator.transaction-validity", "3s"));
		String id = this.environment.payer().session(1_000_000);
		this.proxy.holdsTransactions = true;
		Reply pending = this.environment.client.settle(Payments.of(this.environment, id, "100000"));
		assertThat(pending.text("errorReason")).isEqualTo("settlement_pending");
		assertThat(this.proxy.held).isNotEmpty();
		this.environment.stop();
		this.proxy.calls.clear();
		this.proxy.holdsTransactions = false;
		start(Map.of());
		Eventually.isTrue(() -> this.environment.client.get("/sessions/" + id).text("reserved").equals("0"));
		assertThat(this.environment.client.get("/sessions/" + id).text("spent")).isEqualTo("0");
		assertThat(this.proxy.calls).doesNotContain("sendTransaction");
		assertThat(this.environment.usdc(this.environment.merchant)).isEqualTo(BigInteger.ZERO);
	}

	@Test
	void nodeWithShortMemoryStillProvesThatATransactionIsDead() {
		restart(Map.of("facilitator.settle-timeout", "1s", "facilitator.transaction-validity", "2s"));
		String id = this.environment.payer().session(1_000_000);
		this.proxy.answer = (method, text) -> method.equals("getTransaction")
				? text.replaceAll("\"oldestLedger\":\\d+", "\"oldestLedger\":4000000000") : text;
		this.environment.devnet.faults().dropNextTransaction();
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "400000")).status()).isEqualTo(503);
		Eventually.isTrue(() -> this.environment.client.get("/sessions/" + id).text("reserved").equals("0"));
		assertThat(this.environment.client.settle(Payments.of(this.environment, id, "400000")).status()).isEqualTo(200);
	}

	@Test
	void sessionWithAPaymentOnItsWayIsNotSuperseded() {
		restart(Map.of("facilitator.settle-timeout", "1s"));
		Payer payer = this.environment.payer();
		String first = payer.session(1_000_000);
		this.proxy.holdsTransactions = true;
		assertThat(this.environment.client.settle(Payments.of(this.environment, first, "500000")).text("errorReason"))
			.isEqualTo("settlement_pending");
		Map<String, Object> claims = payer.approved(1_000_000);
		Reply refused = this.environment.client.post("/sessions", claims);
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.header("Retry-After")).isNotNull();
		assertThat(this.environment.client.get("/sessions/" + first).text("status")).isEqualTo("active");
		this.proxy.release();
		Eventually.isTrue(() -> this.environment.client.get("/sessions/" + first).text("spent").equals("500000"));
		Map<String, Object> fitting = new HashMap<>(payer.approved(900_000));
		assertThat(this.environment.client.post("/sessions", fitting).status()).isEqualTo(201);
		assertThat(this.environment.client.get("/sessions/" + first).text("status")).isEqualTo("superseded");
	}

	@Test
	void nodeOfAnotherNetworkIsNotBelieved() {
		String id = this.environment.payer().session(1_000_000);
		this.proxy.answer = (method, text) -> method.equals("getNetwork")
				? text.replace("Test SDF Network", "Another Network") : text;
		restart(Map.of());
		this.proxy.calls.clear();
		Reply refused = this.environment.client.settle(Payments.of(this.environment, id, "100000"));
		assertThat(refused.text("errorReason")).isEqualTo("rpc_error");
		assertThat(this.environment.client.verify(Payments.of(this.environment, id, "100000")).status()).isEqualTo(503);
		assertThat(this.proxy.calls).as("nothing else is asked").isSubsetOf("getNetwork");
		this.proxy.answer = (method, text) -> text;
		Eventually
			.isTrue(() -> this.environment.client.settle(Payments.of(this.environment, id, "100000")).status() == 200);
	}

	@Test
	void answerWithoutEndIsNone() {
		restart(Map.of());
		String id = this.environment.payer().session(1_000_000);
		this.proxy.answer = once("simulateTransaction", "{\"x\":\"" + "y".repeat(5_000_000) + "\"}");
		Reply refused = this.environment.client.settle(Payments.of(this.environment, id, "100000"));
		assertThat(refused.text("errorReason")).isEqualTo("rpc_error");
		assertThat(refused.text("errorMessage")).isEqualTo("the Stellar RPC gives no usable answer");
	}

	private void restart(Map<String, String> properties) {
		this.environment.stop();
		start(properties);
	}

	private void start(Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(properties);
		all.put("facilitator.rpc-url", this.proxy.url());
		this.environment.start(all);
	}

	private static BinaryOperator<String> once(String wanted, String result) {
		AtomicBoolean first = new AtomicBoolean(true);
		return (method, text) -> (method.equals(wanted) && first.compareAndSet(true, false)) ? result(result) : text;
	}

	private static String result(String result) {
		return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}";
	}

}
