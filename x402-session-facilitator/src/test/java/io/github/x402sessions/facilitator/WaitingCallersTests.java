package io.github.x402sessions.facilitator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
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
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("server.tomcat.threads.max", "8", "facilitator.max-waiting",
					String.valueOf(PAYERS * CALLS_EACH), "facilitator.coalesce-window", "50ms"))) {
			List<String> sessions = new ArrayList<>();
			for (int i = 0; i < PAYERS; i++) {
				sessions.add(environment.payer().session(1_000_000));
			}
			environment.devnet.faults().pauseClosing();
			List<Parallel<Reply>> waiting = sessions.stream()
				.map((session) -> Parallel.start(CALLS_EACH, () -> environment.settleInTurn(session, "1000")))
				.toList();
			for (String session : sessions) {
				Eventually
					.isTrue(() -> "60000".equals(environment.client.get("/sessions/" + session).text("reserved")));
			}

			assertThat(timeOf(environment, "/health")).isLessThan(Duration.ofSeconds(2));
			Reply refused = environment.client.settle(Payments.of(environment, sessions.get(0), "1000"));
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.header("Retry-After")).isNotNull();
			assertThat(refused.text("errorReason")).as("nothing was begun").isEqualTo("rpc_error");
			assertThat(environment.client.verify(Payments.of(environment, sessions.get(0), "1000")).status())
				.isEqualTo(200);

			environment.devnet.faults().resumeClosing();
			for (Parallel<Reply> calls : waiting) {
				assertThat(calls.results()).allSatisfy((reply) -> assertThat(reply.status()).isEqualTo(200));
			}
		}
	}

	/** The middle one of several calls: the machine may have others to serve. */
	private static Duration timeOf(FacilitatorEnvironment environment, String path) {
		List<Duration> times = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			long begun = System.nanoTime();
			assertThat(environment.client.get(path).status()).isEqualTo(200);
			times.add(Duration.ofNanos(System.nanoTime() - begun));
		}
		times.sort(Comparator.naturalOrder());
		return times.get(times.size() / 2);
	}

}
