package io.github.x402sessions.facilitator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verified means payable, at no more than one question to the node in a ledger.
 */
class VerifyTests {

	@Test
	void payerWhoRevokedOrSpentOrGaveUpTheTrustlineIsNotVerified() {
		try (Town town = Town.open()) {
			Payer revoker = town.payer();
			Payer spender = town.payer();
			Payer leaver = town.payer();
			String revoked = revoker.session(1_000_000);
			String spent = spender.session(1_000_000);
			String left = leaver.session(1_000_000);
			for (String id : List.of(revoked, spent, left)) {
				assertThat(reason(town, id)).isNull();
			}
			revoker.approved(0, town.devnet.latestLedger() + Town.LIFETIME);
			spender.transfer(town.merchant.getAccountId(), 999_900_001);
			leaver.transfer(town.merchant.getAccountId(), 1_000_000_000);
			leaver.removeTrustline();
			Eventually.isTrue(() -> "session_superseded".equals(reason(town, revoked)));
			Eventually.isTrue(() -> "onchain_transfer_failed".equals(reason(town, spent)));
			Eventually.isTrue(() -> "onchain_transfer_failed".equals(reason(town, left)));
			assertThat(message(town, left)).contains("trustline");
			town.devnet.faucet(spender.address(), new BigDecimal("1"));
			Eventually.isTrue(() -> reason(town, spent) == null);
		}
	}

	@Test
	void recipientWhoLostTheTrustlineIsNotVerifiedAndNotRegistered() {
		try (Town town = Town.open()) {
			String id = town.payer().session(1_000_000);
			assertThat(reason(town, id)).isNull();
			new Payer(town, town.merchant).removeTrustline();
			Eventually.isTrue(() -> "onchain_transfer_failed".equals(reason(town, id)));
			Reply refused = town.client.post("/sessions", town.payer().approved(1_000_000));
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.text("error")).isEqualTo("'recipient' has no trustline for the asset");
		}
	}

	@Test
	void aThousandVerifiesInOneLedgerAskTheNodeAtMostOncePerSession() {
		try (Town town = Town.open(); NodeProxy proxy = new NodeProxy(town.devnet.rpcUri())) {
			town.stop();
			long started = System.nanoTime();
			town.start(Map.of("facilitator.rpc-url", proxy.url(), "facilitator.max-waiting", "1000"));
			List<String> ids = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				ids.add(town.payer().session(1_000_000));
			}
			town.devnet.faults().pauseClosing();
			proxy.calls.clear();
			List<CompletableFuture<Reply>> replies = new ArrayList<>();
			for (int i = 0; i < 1_000; i++) {
				Map<String, Object> payment = Payments.of(town, ids.get(i % ids.size()), "100000");
				replies.add(CompletableFuture.supplyAsync(() -> town.client.verify(payment)));
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
		try (Town town = Town.open(Map.of("facilitator.verify-hold", "1m"))) {
			String id = town.payer().session(1_000_000);
			Map<String, Object> first = Payments.identified(town, id, "pay_0123456789abcdef", "700000");
			Map<String, Object> second = Payments.identified(town, id, "pay_fedcba9876543210", "700000");
			assertThat(town.client.verify(first).text("invalidReason")).isNull();
			assertThat(town.client.verify(second).text("invalidReason")).isEqualTo("cap_exceeded");
			assertThat(town.client.settle(second).text("errorReason")).isEqualTo("cap_exceeded");
			assertThat(town.client.settle(Payments.of(town, id, "300001")).text("errorReason"))
				.isEqualTo("cap_exceeded");
			assertThat(town.client.verify(first).text("invalidReason")).as("again").isNull();
			assertThat(town.client.settle(first).status()).isEqualTo(200);
			assertThat(town.client.settle(Payments.of(town, id, "300000")).status()).isEqualTo(200);
		}
	}

	@Test
	void whoeverVerifiesWithoutPayingKeepsNobodyFromPaying() {
		try (Town town = Town.open(Map.of("facilitator.verify-hold", "500ms"))) {
			String id = town.payer().session(1_000_000);
			Map<String, Object> own = Payments.of(town, id, "1000000");
			AtomicInteger strangers = new AtomicInteger();
			Eventually.isTrue(
					() -> isVerified(town, id, strangers.incrementAndGet()) && town.client.settle(own).status() == 200);
			assertThat(strangers).as("the first one held it").hasValueGreaterThan(1);
		}
	}

	/** How often a facilitator has looked at all allowances by itself, every 5 s. */
	private static int roundsSince(long started) {
		return (int) Duration.ofNanos(System.nanoTime() - started).dividedBy(Duration.ofSeconds(5));
	}

	/** Verify what takes all of a session, under a new identifier. */
	private static boolean isVerified(Town town, String id, int number) {
		return town.client.verify(Payments.identified(town, id, "pay_0123456789_" + number, "1000000"))
			.body()
			.get("isValid")
			.asBoolean();
	}

	private static String reason(Town town, String id) {
		Reply reply = town.client.verify(Payments.of(town, id, "100000"));
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
		return reply.text("invalidReason");
	}

	private static String message(Town town, String id) {
		return town.client.verify(Payments.of(town, id, "100000")).text("invalidMessage");
	}

}
