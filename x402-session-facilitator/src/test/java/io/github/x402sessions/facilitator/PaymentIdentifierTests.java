package io.github.x402sessions.facilitator;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.x402sessions.facilitator.FacilitatorClient.Reply;
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
		try (Town town = Town.open()) {
			String session = town.payer().session(100_000);
			Map<String, Object> payment = Payments.tracked(Payments.identified(town, session, ID, "100000"));
			Reply first = town.client.settle(payment);
			assertThat(first.status()).as("%s", first.body()).isEqualTo(200);
			assertThat(first.body().at("/extensions").has("payment-identifier")).isFalse();
			assertReplayed(town.client.settle(payment), first);
			assertThat(town.client.verify(payment).body().get("isValid").asBoolean()).isTrue();
			town.stop();
			town.start(Map.of());
			assertReplayed(town.client.settle(payment), first);
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(100_000));

			Map<String, Object> other = Payments.identified(town, session, ID, "99999");
			assertThat(town.client.verify(other).text("invalidReason")).isEqualTo("payment_identifier_conflict");
			Reply conflict = town.client.settle(other);
			assertThat(conflict.status()).isEqualTo(400);
			assertThat(conflict.text("errorReason")).isEqualTo("payment_identifier_conflict");
		}
	}

	@Test
	void parallelRepetitionsJoinTheFirst() {
		try (Town town = Town.open()) {
			String session = town.payer().session(1_000_000);
			Map<String, Object> payment = Payments.tracked(Payments.identified(town, session, ID, "100000"));
			List<CompletableFuture<Reply>> calls = IntStream.range(0, 8)
				.mapToObj((call) -> CompletableFuture.supplyAsync(() -> town.client.settle(payment)))
				.toList();
			List<Reply> replies = calls.stream().map(CompletableFuture::join).toList();
			assertThat(replies).allMatch((reply) -> reply.status() == 200);
			assertThat(replies.stream().map((reply) -> reply.text("transaction")).distinct()).hasSize(1);
			assertThat(replies).filteredOn(PaymentIdentifierTests::isReplayed).hasSize(7);
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(100_000));
			assertThat(
					town.client.settle(Payments.identified(town, town.payer().session(100_000), ID, "100000")).status())
				.as("another session's")
				.isEqualTo(200);
		}
	}

	@Test
	void openPaymentMayBeRepeatedUntilItsEndIsKnown() {
		try (Town town = Town.open(Map.of("facilitator.settle-timeout", "1s"))) {
			String session = town.payer().session(1_000_000);
			Map<String, Object> payment = Payments.tracked(Payments.identified(town, session, ID, "100000"));
			town.devnet.faults().pauseClosing();
			Reply first = town.client.settle(payment);
			Reply second = town.client.settle(payment);
			for (Reply pending : List.of(first, second)) {
				assertThat(pending.status()).isEqualTo(503);
				assertThat(pending.text("errorReason")).isEqualTo("settlement_pending");
				assertThat(pending.header("Retry-After")).isNotNull();
				assertThat(pending.text("transaction")).isEqualTo(first.text("transaction"));
			}
			assertThat(town.client.settle(Payments.identified(town, session, ID, "1")).text("errorReason"))
				.isEqualTo("payment_identifier_conflict");
			town.devnet.faults().resumeClosing();
			Eventually.isTrue(() -> town.client.get("/sessions/" + session).text("spent").equals("100000"));
			Reply third = town.client.settle(payment);
			assertThat(third.status()).isEqualTo(200);
			assertThat(isReplayed(third)).isTrue();
			assertThat(third.text("transaction")).isEqualTo(first.text("transaction"));
			assertThat(town.usdc(town.merchant)).isEqualTo(BigInteger.valueOf(100_000));
		}
	}

	@Test
	void paymentThatMovedNothingMayBeTriedAgain() {
		try (Town town = Town.open()) {
			Payer payer = new Payer(town, org.stellar.sdk.KeyPair.random());
			town.devnet.fund(payer.address());
			town.devnet.faucet(payer.address(), new java.math.BigDecimal("0.001"));
			Map<String, Object> payment = Payments.identified(town, payer.session(1_000_000), ID, "100000");
			assertThat(town.client.settle(payment).text("errorReason")).isEqualTo("onchain_transfer_failed");
			town.devnet.faucet(payer.address(), new java.math.BigDecimal("1"));
			Reply settled = town.client.settle(payment);
			assertThat(settled.status()).as("%s", settled.body()).isEqualTo(200);
			assertThat(isReplayed(settled)).isFalse();
		}
	}

	@Test
	void identifierOfAnotherFormIsMalformed() {
		try (Town town = Town.open()) {
			for (Object id : new Object[] { "short", "x".repeat(129), "pay 0123456789abcdef", 1234567890123456789L }) {
				Map<String, Object> payment = Payments.identified(Payments.of(town, "token", "1"), id);
				assertThat(town.client.settle(payment).status()).isEqualTo(400);
				assertThat(town.client.verify(payment).text("error")).contains("payment-identifier");
			}
		}
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
