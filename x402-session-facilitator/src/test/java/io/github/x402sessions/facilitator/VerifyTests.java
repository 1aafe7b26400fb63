package io.github.x402sessions.facilitator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verified means payable, at no more than one question to the node in a ledger.
 */
class VerifyTests {

	@Test
	void payerWhoRevokedOrSpentOrGaveUpTheTrustlineIsNotVerified() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			Payer revoker = environment.payer();
			Payer spender = environment.payer();
			Payer leaver = environment.payer();
			String revoked = revoker.session(1_000_000);
			String spent = spender.session(1_000_000);
			String left = leaver.session(1_000_000);
			for (String id : List.of(revoked, spent, left)) {
				assertThat(reason(environment, id)).isNull();
			}
			revoker.approved(0, environment.devnet.latestLedger() + FacilitatorEnvironment.LIFETIME);
			spender.transfer(environment.merchant.getAccountId(), 999_900_001);
			leaver.transfer(environment.merchant.getAccountId(), 1_000_000_000);
			leaver.removeTrustline();
			Eventually.isTrue(() -> "session_superseded".equals(reason(environment, revoked)));
			Eventually.isTrue(() -> "onchain_transfer_failed".equals(reason(environment, spent)));
			Eventually.isTrue(() -> "onchain_transfer_failed".equals(reason(environment, left)));
			assertThat(message(environment, left)).contains("trustline");
			environment.devnet.faucet(spender.address(), new BigDecimal("1"));
			Eventually.isTrue(() -> reason(environment, spent) == null);
		}
	}

	@Test
	void recipientWhoLostTheTrustlineIsNotVerifiedAndNotRegistered() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String id = environment.payer().session(1_000_000);
			assertThat(reason(environment, id)).isNull();
			new Payer(environment, environment.merchant).removeTrustline();
			Eventually.isTrue(() -> "onchain_transfer_failed".equals(reason(environment, id)));
			Reply refused = environment.client.post("/sessions", environment.payer().approved(1_000_000));
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.text("error")).isEqualTo("'recipient' has no trustline for the asset");
		}
	}

	@Test
	void aThousandVerifiesInOneLedgerAskTheNodeAtMostOncePerSession() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open();
				NodeProxy proxy = new NodeProxy(environment.devnet.rpcUri())) {
			environment.stop();
			long started = System.nanoTime();
			environment.start(Map.of("facilitator.rpc-url", proxy.url(), "facilitator.max-waiting", "1000"));
			List<String> ids = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				ids.add(environment.payer().session(1_000_000));
			}
			environment.devnet.faults().pauseClosing();
			proxy.calls.clear();
			List<CompletableFuture<Reply>> replies = new ArrayList<>();
			for (int i = 0; i < 1_000; i++) {
				Map<String, Object> payment = Payments.of(environment, ids.get(i % ids.size()), "100000");
				replies.add(CompletableFuture.supplyAsync(() -> environment.client.verify(payment)));
			}
			assertThat(replies).allMatch((reply) -> reply.join().body().get("isValid").asBoolean());
			assertThat(proxy.calls).as("megabytes on the public network").doesNotContain("getLatestLedger");
			assertThat(proxy.calls).filteredOn((call) -> !call.equals("getTransaction"))
				.containsOnly("getLedgerEntries")
				.hasSizeLessThanOrEqualTo(ids.size() + roundsSince(started));
		}
	}

	@Test
	void verifiedPaymentKeepsWhatItNeedsForAMoment() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.verify-hold", "1m"))) {
			String id = environment.payer().session(1_000_000);
			Map<String, Object> first = Payments.identified(environment, id, "pay_0123456789abcdef", "700000");
			Map<String, Object> second = Payments.identified(environment, id, "pay_fedcba9876543210", "700000");
			assertThat(environment.client.verify(first).text("invalidReason")).isNull();
			assertThat(environment.client.verify(second).text("invalidReason")).isEqualTo("cap_exceeded");
			assertThat(environment.client.settle(second).text("errorReason")).isEqualTo("cap_exceeded");
			assertThat(environment.client.settle(Payments.of(environment, id, "300001")).text("errorReason"))
				.isEqualTo("cap_exceeded");
			assertThat(environment.client.verify(first).text("invalidReason")).as("again").isNull();
			assertThat(environment.client.settle(first).status()).isEqualTo(200);
			assertThat(environment.client.settle(Payments.of(environment, id, "300000")).status()).isEqualTo(200);
		}
	}

	@Test
	void whoeverVerifiesWithoutPayingKeepsNobodyFromPaying() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.verify-hold", "500ms"))) {
			String id = environment.payer().session(1_000_000);
			Map<String, Object> own = Payments.of(environment, id, "1000000");
			AtomicInteger strangers = new AtomicInteger();
			Eventually.isTrue(() -> isVerified(environment, id, strangers.incrementAndGet())
					&& environment.client.settle(own).status() == 200);
			assertThat(strangers).as("the first one held it").hasValueGreaterThan(1);
		}
	}

	/** How often a facilitator has looked at all allowances by itself, every 5 s. */
	private static int roundsSince(long started) {
		return (int) Duration.ofNanos(System.nanoTime() - started).dividedBy(Duration.ofSeconds(5));
	}

	/** Verify what takes all of a session, under a new identifier. */
	private static boolean isVerified(FacilitatorEnvironment environment, String id, int number) {
		return environment.client.verify(Payments.identified(environment, id, "pay_0123456789_" + number, "1000000"))
			.body()
			.get("isValid")
			.asBoolean();
	}

	private static String reason(FacilitatorEnvironment environment, String id) {
		Reply reply = environment.client.verify(Payments.of(environment, id, "100000"));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
		return reply.text("invalidReason");
	}

	private static String message(FacilitatorEnvironment environment, String id) {
		return environment.client.verify(Payments.of(environment, id, "100000")).text("invalidMessage");
	}

}
