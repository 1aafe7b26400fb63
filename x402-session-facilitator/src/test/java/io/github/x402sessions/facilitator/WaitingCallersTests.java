package io.github.x402sessions.facilitator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hundreds of callers wait for a ledger. The container has a handful of threads.
 */
class WaitingCallersTests {

	private static final int PAYERS = 5;

	private static final int CALLS_EACH = 60;

	@Test
	void othersAreAnsweredAtOnceAndOneCallerTooManyIsSentAway() throws Exception {
		try (Town town = Town.open(Map.of("server.tomcat.threads.max", "8", "facilitator.max-waiting",
				String.valueOf(PAYERS * CALLS_EACH), "facilitator.coalesce-window", "50ms"))) {
			List<String> sessions = new ArrayList<>();
			for (int i = 0; i < PAYERS; i++) {
				sessions.add(town.payer().session(1_000_000));
			}
			town.devnet.faults().pauseClosing();
			List<Parallel<Reply>> waiting = sessions.stream()
				.map((session) -> Parallel.start(CALLS_EACH, () -> town.settleInTurn(session, "1000")))
				.toList();
			for (String session : sessions) {
				Eventually.isTrue(() -> "60000".equals(town.client.get("/sessions/" + session).text("reserved")));
			}

			assertThat(timeOf(town, "/health")).isLessThan(Duration.ofMillis(100));
			Reply refused = town.client.settle(Payments.of(town, sessions.get(0), "1000"));
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.header("Retry-After")).isNotNull();
			assertThat(refused.text("errorReason")).as("nothing was begun").isEqualTo("rpc_error");
			assertThat(town.client.verify(Payments.of(town, sessions.get(0), "1000")).status()).isEqualTo(200);

			town.devnet.faults().resumeClosing();
			for (Parallel<Reply> calls : waiting) {
				assertThat(calls.results()).allSatisfy((reply) -> assertThat(reply.status()).isEqualTo(200));
			}
		}
	}

	/** The middle one of several calls: the machine may have others to serve. */
	private static Duration timeOf(Town town, String path) {
		List<Duration> times = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			long begun = System.nanoTime();
			assertThat(town.client.get(path).status()).isEqualTo(200);
			times.add(Duration.ofNanos(System.nanoTime() - begun));
		}
		times.sort(Comparator.naturalOrder());
		return times.get(times.size() / 2);
	}

}
