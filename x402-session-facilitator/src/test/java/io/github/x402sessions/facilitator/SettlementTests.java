package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settlements when the network or the process does not play along. Whatever happens,
 * books and chain agree in the end.
 */
abstract class SettlementTests {

	@Test
	void twentyAtOnceOnASessionForTenSettleExactlyTen() throws Exception {
		try (FacilitatorEnvironment environment = open(Map.of())) {
			String id = environment.payer().session(1_000_000);
			List<Integer> statuses = inParallel(20,
					() -> environment.client.settle(Payments.of(environment, id, "100000")).status());
			assertThat(statuses).filteredOn((status) -> status == 200).hasSize(10);
			assertThat(statuses).filteredOn((status) -> status == 400).hasSize(10);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(1_000_000));
			assertBooks(environment, id, "1000000", "0", "0");
		}
	}

	@Test
	void settlementThatOutlastsItsCallerIsPendingAndEndsByItself() {
		try (FacilitatorEnvironment environment = open(Map.of("facilitator.settle-timeout", "1s"))) {
			String id = environment.payer().session(1_000_000);
			environment.devnet.faults().pauseClosing();
			Reply pending = environment.client.settle(Payments.of(environment, id, "100000"));
			assertThat(pending.status()).isEqualTo(503);
			assertThat(pending.text("errorReason")).isEqualTo("settlement_pending");
			assertThat(pending.text("transaction")).matches("[0-9a-f]{64}");
			assertThat(pending.header("Retry-After")).as("would charge twice").isNull();
			assertBooks(environment, id, "0", "100000", "900000");

			Reply queued = environment.client.settle(Payments.of(environment, id, "900000"));
			assertThat(queued.status()).isEqualTo(503);
			assertThat(queued.text("errorReason")).as("never sent").isEqualTo("rpc_error");
			assertThat(queued.header("Retry-After")).isNotNull();
			assertBooks(environment, id, "0", "100000", "900000");

			environment.devnet.faults().resumeClosing();
			Eventually.isTrue(() -> environment.client.get("/sessions/" + id).text("spent").equals("100000"));
			assertBooks(environment, id, "100000", "0", "900000");
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));
		}
	}

	@Test
	void settlementOfAProcessThatEndedIsTakenUpByTheNext() {
		try (FacilitatorEnvironment environment = open(Map.of("facilitator.settle-timeout", "1s"))) {
			String id = environment.payer().session(1_000_000);
			environment.devnet.faults().pauseClosing();
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(503);
			environment.stop();
			environment.devnet.faults().resumeClosing();
			environment.devnet.closeLedger();
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));

			environment.start(database().properties());
			Eventually.isTrue(() -> environment.client.get("/sessions/" + id).text("spent").equals("100000"));
			assertBooks(environment, id, "100000", "0", "900000");
			assertThat(environment.client.settle(Payments.of(environment, id, "900000")).status()).isEqualTo(200);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(1_000_000));
		}
	}

	@Test
	void transactionThatWasLostIsReleasedOnlyWhenItCanNoLongerLand() {
		try (FacilitatorEnvironment environment = open(
				Map.of("facilitator.settle-timeout", "1s", "facilitator.transaction-validity", "3s"))) {
			String id = environment.payer().session(1_000_000);
			environment.devnet.faults().dropNextTransaction();
			Reply pending = environment.client.settle(Payments.of(environment, id, "1000000"));
			assertThat(pending.text("errorReason")).isEqualTo("settlement_pending");
			assertBooks(environment, id, "0", "1000000", "0");
			assertThat(environment.client.settle(Payments.of(environment, id, "1")).text("errorReason"))
				.isEqualTo("cap_exceeded");

			Eventually.isTrue(() -> environment.client.get("/sessions/" + id).text("reserved").equals("0"));
			assertBooks(environment, id, "0", "0", "1000000");
			assertThat(environment.client.settle(Payments.of(environment, id, "1000000")).status()).isEqualTo(200);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(1_000_000));
		}
	}

	@Test
	void fullQueueIsWaitedOutWithTheSameTransaction() {
		try (FacilitatorEnvironment environment = open(Map.of())) {
			String id = environment.payer().session(1_000_000);
			environment.devnet.faults().rejectSends(3);
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));
			assertBooks(environment, id, "100000", "0", "900000");
		}
	}

	@Test
	void sequenceThatSomebodyElseUsedIsFoundOutAndReplaced() {
		try (FacilitatorEnvironment environment = open(Map.of())) {
			String id = environment.payer().session(1_000_000);
			assertThat(environment.client.settle(Payments.of(environment, id, "100000")).status()).isEqualTo(200);
			Payer operator = new Payer(environment, environment.spender);
			operator.approved(1, environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
			Reply settled = environment.client.settle(Payments.of(environment, id, "100000"));
			assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
			assertBooks(environment, id, "200000", "0", "800000");
		}
	}

	@Test
	void nothingIsReservedOrServedWithoutTheNode() {
		try (FacilitatorEnvironment environment = open(Map.of())) {
			Payer payer = environment.payer();
			String id = payer.session(1_000_000);
			Map<String, Object> claims = payer.claims("0".repeat(64), 1_000_000, 5_000);
			environment.devnet.close();
			Eventually.isTrue(() -> environment.client.verify(Payments.of(environment, id, "1")).status() == 503);
			Reply verified = environment.client.verify(Payments.of(environment, id, "1"));
			assertThat(verified.body().get("isValid").asBoolean()).isFalse();
			assertThat(verified.text("invalidReason")).isEqualTo("rpc_error");
			assertThat(verified.header("Retry-After")).isNotNull();
			Reply settled = environment.client.settle(Payments.of(environment, id, "1"));
			assertThat(settled.status()).isEqualTo(503);
			assertThat(settled.text("errorReason")).isEqualTo("rpc_error");
			assertThat(environment.client.post("/sessions", claims).status()).isEqualTo(503);
			assertBooks(environment, id, "0", "0", "1000000");
			assertThat(environment.client.get("/health").status()).isEqualTo(200);
		}
	}

	/** The database of one test, the same each time it is asked for. */
	abstract TestDatabase database();

	private FacilitatorEnvironment open(Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(database().properties());
		all.putAll(properties);
		return FacilitatorEnvironment.open(all);
	}

	private static void assertBooks(FacilitatorEnvironment environment, String id, String spent, String reserved,
			String remaining) {
		Reply state = environment.client.get("/sessions/" + id);
		assertThat(List.of(state.text("spent"), state.text("reserved"), state.text("remaining"))).containsExactly(spent,
				reserved, remaining);
	}

	private static <T> List<T> inParallel(int count, Callable<T> task) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			List<Future<T>> results = threads.invokeAll(IntStream.range(0, count).mapToObj((i) -> task).toList());
			List<T> values = new java.util.ArrayList<>();
			for (Future<T> result : results) {
				values.add(result.get());
			}
			return values;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
