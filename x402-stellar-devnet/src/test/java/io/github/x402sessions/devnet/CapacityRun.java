package io.github.x402sessions.devnet;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Transaction;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what the network takes: no test of the build. Run it by {@code mvn -pl
 * x402-stellar-devnet -am test -Dtest=CapacityRun
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class CapacityRun {

	private static final int SOURCES = 1000;

	private static final int HOUR = 3600;

	@Test
	void thousandSourcesInOneLedger() throws IOException {
		try (ManualNetwork chain = new ManualNetwork()) {
			KeyPair shop = chain.holder("0");
			for (int round = 0; round < 4; round++) {
				List<Transaction> transfers = new ArrayList<>();
				for (int i = 0; i < SOURCES; i++) {
					KeyPair payer = chain.holder("1");
					transfers.add(chain.prepared(payer, payer, "transfer", ManualNetwork.address(payer),
							ManualNetwork.address(shop), ManualNetwork.amount(1)));
				}
				double simulate = millis(transfers, (transfer) -> chain.simulate(transfer).has("results"));
				double send = millis(transfers,
						(transfer) -> chain.send(transfer).get("status").asString().equals("PENDING"));
				long start = System.nanoTime();
				long ledger = chain.devnet.closeLedger();
				double close = (System.nanoTime() - start) / 1e6;
				JsonNode listed = chain.rpc.result("getTransactions",
						Map.of("startLedger", ledger, "pagination", Map.of("limit", 200)));
				assertThat(listed.get("transactions")).hasSize(200);
				assertThat(chain.usdc(shop)).isEqualTo((round + 1L) * SOURCES);
				System.out.printf("round %d: simulate %.2f ms, send %.2f ms, %d transfers closed in %.0f ms%n", round,
						simulate, send, SOURCES, close);
			}
		}
	}

	@Test
	void hoursOfLedgers() throws IOException {
		try (ManualNetwork chain = new ManualNetwork()) {
			KeyPair payer = chain.holder("100");
			KeyPair shop = chain.holder("0");
			for (int hour = 0; hour < 4; hour++) {
				System.out.printf("hour %d: %d KiB of heap%n", hour, heap() / 1024);
				for (int second = 0; second < HOUR; second++) {
					chain.devnet.closeLedger();
				}
			}
			long before = heap();
			for (int i = 0; i < SOURCES; i++) {
				chain.land(chain.prepared(payer, payer, "transfer", ManualNetwork.address(payer),
						ManualNetwork.address(shop), ManualNetwork.amount(1)));
			}
			System.out.printf("a transaction is remembered in %d bytes%n", (heap() - before) / SOURCES);
		}
	}

	private static double millis(List<Transaction> transactions, Question question) {
		long start = System.nanoTime();
		for (Transaction transaction : transactions) {
			assertThat(question.ask(transaction)).isTrue();
		}
		return (System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1) / transactions.size();
	}

	private static long heap() {
		ManagementFactory.getMemoryMXBean().gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private interface Question {

		boolean ask(Transaction transaction);

	}

}
