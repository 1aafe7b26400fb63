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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settlements when the network or the process does not play along. Whatever happens,
 * books and chain agree in the end.
 */
abstract class SettlementTests {

	@Test
	void twentyAtOnceOnASessionForTenSettleExactlyTen() throws Exception {
		try (Town town = open(Map.of())) {
			String id = town.payer().session(1_000_000);
			List<Integer> statuses = inParallel(20, () -> town.client.settle(Payments.of(town, id, "100000")).status());
			assertThat(statuses).filteredOn((status) -> status == 200).hasSize(10);
			assertThat(statuses).filteredOn((status) -> status == 400).hasSize(10);
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(1_000_000));
			assertBooks(town, id, "1000000", "0", "0");
		}
	}

	@Test
	void settlementThatOutlastsItsCallerIsPendingAndEndsByItself() {
		try (Town town = open(Map.of("facilitator.settle-timeout", "1s"))) {
			String id = town.payer().session(1_000_000);
			town.devnet.faults().pauseClosing();
			Reply pending = town.client.settle(Payments.of(town, id, "100000"));
			assertThat(pending.status()).isEqualTo(503);
			assertThat(pending.text("errorReason")).isEqualTo("settlement_pending");
			assertThat(pending.text("transaction")).matches("[0-9a-f]{64}");
			assertThat(pending.header("Retry-After")).as("would charge twice").isNull();
			assertBooks(town, id, "0", "100000", "900000");

			Reply queued = town.client.settle(Payments.of(town, id, "900000"));
			assertThat(queued.status()).isEqualTo(503);
			assertThat(queued.text("errorReason")).as("never sent").isEqualTo("rpc_error");
			assertThat(queued.header("Retry-After")).isNotNull();
			assertBooks(town, id, "0", "100000", "900000");

			town.devnet.faults().resumeClosing();
			Eventually.isTrue(() -> town.client.get("/sessions/" + id).text("spent").equals("100000"));
			assertBooks(town, id, "100000", "0", "900000");
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(100_000));
		}
	}

	@Test
	void settlementOfAProcessThatEndedIsTakenUpByTheNext() {
		try (Town town = open(Map.of("facilitator.settle-timeout", "1s"))) {
			String id = town.payer().session(1_000_000);
			town.devnet.faults().pauseClosing();
			assertThat(town.client.settle(Payments.of(town, id, "100000")).status()).isEqualTo(503);
			town.stop();
			town.devnet.faults().resumeClosing();
			town.devnet.closeLedger();
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(100_000));

			town.start(database().properties());
			Eventually.isTrue(() -> town.client.get("/sessions/" + id).text("spent").equals("100000"));
			assertBooks(town, id, "100000", "0", "900000");
			assertThat(town.client.settle(Payments.of(town, id, "900000")).status()).isEqualTo(200);
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(1_000_000));
		}
	}

	@Test
	void transactionThatWasLostIsReleasedOnlyWhenItCanNoLongerLand() {
		try (Town town = open(Map.of("facilitator.settle-timeout", "1s", "facilitator.transaction-validity", "3s"))) {
			String id = town.payer().session(1_000_000);
			town.devnet.faults().dropNextTransaction();
			Reply pending = town.client.settle(Payments.of(town, id, "1000000"));
			assertThat(pending.text("errorReason")).isEqualTo("settlement_pending");
			assertBooks(town, id, "0", "1000000", "0");
			assertThat(town.client.settle(Payments.of(town, id, "1")).text("errorReason")).isEqualTo("cap_exceeded");

			Eventually.isTrue(() -> town.client.get("/sessions/" + id).text("reserved").equals("0"));
			assertBooks(town, id, "0", "0", "1000000");
			assertThat(town.client.settle(Payments.of(town, id, "1000000")).status()).isEqualTo(200);
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(1_000_000));
		}
	}

	@Test
	void fullQueueIsWaitedOutWithTheSameTransaction() {
		try (Town town = open(Map.of())) {
			String id = town.payer().session(1_000_000);
			town.devnet.faults().rejectSends(3);
			assertThat(town.client.settle(Payments.of(town, id, "100000")).status()).isEqualTo(200);
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(100_000));
			assertBooks(town, id, "100000", "0", "900000");
		}
	}

	@Test
	void sequenceThatSomebodyElseUsedIsFoundOutAndReplaced() {
		try (Town town = open(Map.of())) {
			String id = town.payer().session(1_000_000);
			assertThat(town.client.settle(Payments.of(town, id, "100000")).status()).isEqualTo(200);
			Payer operator = new Payer(town, town.spender);
			operator.approved(1, town.devnet.latestLedger() + Town.LIFETIME);
			Reply settled = town.client.settle(Payments.of(town, id, "100000"));
			assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
			assertBooks(town, id, "200000", "0", "800000");
		}
	}

	@Test
	void nothingIsReservedOrServedWithoutTheNode() {
		try (Town town = open(Map.of())) {
			Payer payer = town.payer();
			String id = payer.session(1_000_000);
			Map<String, Object> claims = payer.claims("0".repeat(64), 1_000_000, 5_000);
			town.devnet.close();
			Eventually.isTrue(() -> town.client.verify(Payments.of(town, id, "1")).status() == 503);
			Reply verified = town.client.verify(Payments.of(town, id, "1"));
			assertThat(verified.body().get("isValid").asBoolean()).isFalse();
			assertThat(verified.text("invalidReason")).isEqualTo("rpc_error");
			assertThat(verified.header("Retry-After")).isNotNull();
			Reply settled = town.client.settle(Payments.of(town, id, "1"));
			assertThat(settled.status()).isEqualTo(503);
			assertThat(settled.text("errorReason")).isEqualTo("rpc_error");
			assertThat(town.client.post("/sessions", claims).status()).isEqualTo(503);
			assertBooks(town, id, "0", "0", "1000000");
			assertThat(town.client.get("/health").status()).isEqualTo(200);
		}
	}

	/** The database of one test, the same each time it is asked for. */
	abstract TestDatabase database();

	private Town open(Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(database().properties());
		all.putAll(properties);
		return Town.open(all);
	}

	private static void assertBooks(Town town, String id, String spent, String reserved, String remaining) {
		Reply state = town.client.get("/sessions/" + id);
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
