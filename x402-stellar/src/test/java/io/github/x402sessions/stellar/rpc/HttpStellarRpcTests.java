package io.github.x402sessions.stellar.rpc;

import java.time.Duration;

import io.github.x402sessions.fixtures.LocalServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers of servers that are not the reference's.
 */
class HttpStellarRpcTests {

	/** Nothing is proved by these times: a landed transaction stays one without them. */
	@ParameterizedTest
	@ValueSource(strings = { "\"2026-11-28T16:00:00Z\"", "\"\"", "null", "{}" })
	void timeThatCannotBeReadIsNone(String time) {
		String answer = """
				{"jsonrpc":"2.0","id":1,"result":{"status":"SUCCESS","ledger":7,"latestLedger":9,
				"latestLedgerCloseTime":"1800000000","oldestLedger":1,"oldestLedgerCloseTime":%s,"createdAt":%s}}"""
			.formatted(time, time);
		try (LocalServer server = new LocalServer((exchange) -> LocalServer.answer(exchange, 200, answer))) {
			TransactionLookup found = new HttpStellarRpc(server.uri(""), Duration.ofSeconds(30))
				.transaction("ab".repeat(32));
			assertThat(found.status()).isEqualTo(TransactionLookup.Status.SUCCESS);
			assertThat(found.closeTime()).isZero();
			assertThat(found.oldestCloseTime()).isZero();
		}
	}

}
