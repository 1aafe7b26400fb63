package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
import io.github.x402sessions.fixtures.Eventually;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payment identifier pays once, however often and whenever it is sent. A server that
 * keeps track of identifiers is told so each time.
 */
class PaymentIdentifierTests {

	private static final String ID = "pay_0123456789abcdef";

	@Test
	void repeatedPaymentIsAnsweredButNotMadeAgainEvenByAnotherProcess() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String session = environment.payer().session(100_000);
			Map<String, Object> payment = Payments.tracked(Payments.identified(environment, session, ID, "100000"));
			Reply first = environment.client.settle(payment);
			assertThat(first.status()).as("%s", first.body()).isEqualTo(200);
			assertThat(first.body().at("/extensions").has("payment-identifier")).isFalse();
			assertReplayed(environment.client.settle(payment), first);
			assertThat(environment.client.verify(payment).body().get("isValid").asBoolean()).isTrue();
			environment.stop();
			environment.start(Map.of());
			assertReplayed(environment.client.settle(payment), first);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));

			Map<String, Object> other = Payments.identified(environment, session, ID, "99999");
			assertThat(environment.client.verify(other).text("invalidReason")).isEqualTo("payment_identifier_conflict");
			Reply conflict = environment.client.settle(other);
			assertThat(conflict.status()).isEqualTo(400);
			assertThat(conflict.text("errorReason")).isEqualTo("payment_identifier_conflict");
		}
	}

	@Test
	void parallelRepetitionsJoinTheFirst() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			String session = environment.payer().session(1_000_000);
			Map<String, Object> payment = Payments.tracked(Payments.identified(environment, session, ID, "100000"));
			List<CompletableFuture<Reply>> calls = IntStream.range(0, 8)
				.mapToObj((call) -> CompletableFuture.supplyAsync(() -> environment.client.settle(payment)))
				.toList();
			List<Reply> replies = calls.stream().map(CompletableFuture::join).toList();
			assertThat(replies).allMatch((reply) -> reply.status() == 200);
			assertThat(replies.stream().map((reply) -> reply.text("transaction")).distinct()).hasSize(1);
			assertThat(replies).filteredOn(PaymentIdentifierTests::isReplayed).hasSize(7);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));
			assertThat(environment.client
				.settle(Payments.identified(environment, environment.payer().session(100_000), ID, "100000"))
				.status()).as("another session's").isEqualTo(200);
		}
	}

	@Test
	void openPaymentMayBeRepeatedUntilItsEndIsKnown() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment
			.open(Map.of("facilitator.settle-timeout", "1s"))) {
			String session = environment.payer().session(1_000_000);
			Map<String, Object> payment = Payments.tracked(Payments.identified(environment, session, ID, "100000"));
			environment.devnet.faults().pauseClosing();
			Reply first = environment.client.settle(payment);
			Reply second = environment.client.settle(payment);
			for (Reply pending : List.of(first, second)) {
				assertThat(pending.status()).isEqualTo(503);
				assertThat(pending.text("errorReason")).isEqualTo("settlement_pending");
				assertThat(pending.header("Retry-After")).isNotNull();
				assertThat(pending.text("transaction")).isEqualTo(first.text("transaction"));
			}
			assertThat(
					environment.client.settle(Payments.identified(environment, session, ID, "1")).text("errorReason"))
				.isEqualTo("payment_identifier_conflict");
			environment.devnet.faults().resumeClosing();
			Eventually.isTrue(() -> environment.client.get("/sessions/" + session).text("spent").equals("100000"));
			Reply third = environment.client.settle(payment);
			assertThat(third.status()).isEqualTo(200);
			assertThat(isReplayed(third)).isTrue();
			assertThat(third.text("transaction")).isEqualTo(first.text("transaction"));
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));
		}
	}

	@Test
	void paymentThatMovedNothingMayBeTriedAgain() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			Payer payer = new Payer(environment, org.stellar.sdk.KeyPair.random());
			environment.devnet.fund(payer.address());
			environment.devnet.faucet(payer.address(), new java.math.BigDecimal("0.001"));
			Map<String, Object> payment = Payments.identified(environment, payer.session(1_000_000), ID, "100000");
			assertThat(environment.client.settle(payment).text("errorReason")).isEqualTo("onchain_transfer_failed");
			environment.devnet.faucet(payer.address(), new java.math.BigDecimal("1"));
			Reply settled = environment.client.settle(payment);
			assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
			assertThat(isReplayed(settled)).isFalse();
		}
	}

	@Test
	void identifierOfAnotherFormIsMalformed() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			for (Object id : new Object[] { "short", "x".repeat(129), "pay 0123456789abcdef", 1234567890123456789L }) {
				Map<String, Object> payment = Payments.identified(Payments.of(environment, "token", "1"), id);
				assertThat(environment.client.settle(payment).status()).isEqualTo(400);
				assertThat(environment.client.verify(payment).text("error")).contains("payment-identifier");
			}
		}
	}

	@Test
	void identifierOfVersionOneCountsAsWell() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			Map<String, Object> payment = ofVersionOne(environment, environment.payer().session(1_000_000),
					Map.of("info", Map.of("id", ID)));
			assertThat(environment.client.settle(payment).status()).isEqualTo(200);
			environment.client.settle(payment);
			assertThat(environment.usdc(environment.merchant)).isEqualTo(BigInteger.valueOf(100_000));
		}
	}

	@Test
	void misplacedIdentifierIsMalformed() {
		try (FacilitatorEnvironment environment = FacilitatorEnvironment.open()) {
			for (Object extension : new Object[] { Map.of("id", ID), Map.of("info", ID), ID,
					Map.of("info", Map.of("id", List.of(ID))) }) {
				Reply reply = environment.client.settle(ofVersionOne(environment, "token", extension));
				assertThat(reply.status()).isEqualTo(400);
				assertThat(reply.text("error")).startsWith("'extensions.payment-identifier");
			}
		}
	}

	private static Map<String, Object> ofVersionOne(FacilitatorEnvironment environment, String session,
			Object extension) {
		return Map.of("x402Version", 1, "paymentPayload",
				Map.of("x402Version", 1, "scheme", "session", "network", "stellar:testnet", "payload",
						Map.of("sessionId", session), "extensions", Map.of("payment-identifier", extension)),
				"paymentRequirements",
				Map.of("scheme", "session", "network", "stellar:testnet", "maxAmountRequired", "100000", "asset",
						environment.devnet.usdcContract(), "payTo", environment.merchant.getAccountId(),
						"maxTimeoutSeconds", 300, "extra", Map.of("spender", environment.spender.getAccountId())));
	}

	private static void assertReplayed(Reply reply, Reply first) {
		assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
		assertThat(isReplayed(reply)).isTrue();
		assertThat(reply.text("transaction")).isEqualTo(first.text("transaction"));
		assertThat(reply.body().at("/extensions/session")).isEqualTo(first.body().at("/extensions/session"));
	}

	private static boolean isReplayed(Reply reply) {
		return reply.body().at("/extensions/payment-identifier/replayed").asBoolean(false);
	}

}
