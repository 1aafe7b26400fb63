package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.session.SessionBalance;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PaymentReceipt}.
 */
class PaymentReceiptTests {

	@Test
	void settledPaymentTellsTransactionAmountAndWhatIsLeft() {
		SettleResponse settled = new SettleResponse(true, null, null, "GPAYER", "ab12", "stellar:testnet", "100000",
				Map.of("session", Map.of("id", "secret", "spent", "300000", "remaining", 700000)));
		assertThat(receipt(PaymentHeader.encode(settled))).hasValueSatisfying((receipt) -> {
			assertThat(receipt).isEqualTo(new PaymentReceipt(true, "stellar:testnet", "ab12",
					BigInteger.valueOf(100000), null, settled.extensions()));
			assertThat(SessionBalance.of(receipt))
				.isEqualTo(new SessionBalance(BigInteger.valueOf(300000), BigInteger.valueOf(700000)));
		});
		assertThat(receipt(PaymentHeader.encode(settled)).toString()).doesNotContain("secret");
	}

	@Test
	void whatStandsForATransactionIsACommitmentOrOneOfALedger() {
		String commitment = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";
		assertThat(named(commitment).commitment()).hasValue(commitment);
		assertThat(named(commitment).ledgerTransaction()).isEmpty();
		String hash = "ab".repeat(32);
		assertThat(named(hash).commitment()).isEmpty();
		assertThat(named(hash).ledgerTransaction()).hasValue(hash);
		for (String other : List.of("cmt_1", "ab12", hash + "0", "javascript:alert(1)")) {
			assertThat(named(other).commitment()).isEmpty();
			assertThat(named(other).ledgerTransaction()).isEmpty();
		}
		PaymentReceipt refused = new PaymentReceipt(false, "stellar:testnet", null, null, "cap_exceeded", Map.of());
		assertThat(refused.commitment()).isEmpty();
		assertThat(refused.ledgerTransaction()).isEmpty();
	}

	@Test
	void amountThatIsHeldIsTheMostThatIsPaid() {
		String commitment = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";
		Map<String, Object> held = Map.of("session", Map.of("settlement", "held", "heldUntil", 1_800_000_000));
		SettleResponse settled = new SettleResponse(true, null, null, null, commitment, "stellar:testnet", "7", held);
		assertThat(receipt(PaymentHeader.encode(settled))).hasValueSatisfying((receipt) -> {
			assertThat(receipt.isHeld()).isTrue();
			assertThat(receipt.heldUntil()).hasValue(Instant.ofEpochSecond(1_800_000_000));
			assertThat(receipt.toString()).contains("amount=at most 7,");
		});
		assertThat(
				new PaymentReceipt(true, "n", commitment, null, null, Map.of("session", Map.of("settlement", "held"))))
			.satisfies((receipt) -> {
				assertThat(receipt.isHeld()).isTrue();
				assertThat(receipt.heldUntil()).isEmpty();
			});
		for (PaymentReceipt other : List.of(named(commitment),
				new PaymentReceipt(true, "n", "ab".repeat(32), null, null, Map.copyOf(held)),
				new PaymentReceipt(false, "n", commitment, null, null, Map.copyOf(held)))) {
			assertThat(other.isHeld()).isFalse();
			assertThat(other.heldUntil()).isEmpty();
			assertThat(other.toString()).doesNotContain("at most");
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, Long.MAX_VALUE })
	void timeThatIsNoneIsNotTold(long until) {
		assertThat(new PaymentReceipt(true, "n", "cmt_MTIzNDU2Nzg5MGFiY2RlZg", null, null,
				Map.of("session", Map.of("settlement", "held", "heldUntil", until))))
			.satisfies((receipt) -> {
				assertThat(receipt.isHeld()).isTrue();
				assertThat(receipt.heldUntil()).isEmpty();
			});
	}

	private static PaymentReceipt named(String transaction) {
		return new PaymentReceipt(true, "stellar:testnet", transaction, null, null, Map.of());
	}

	@Test
	void refusedPaymentTellsTheReason() {
		SettleResponse refused = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		assertThat(receipt(PaymentHeader.encode(refused)))
			.hasValue(new PaymentReceipt(false, "stellar:testnet", null, null, "cap_exceeded", Map.of()));
	}

	@Test
	void amountsThatAreNoneAreLeftOut() {
		SettleResponse settled = new SettleResponse(true, null, null, null, "ab12", "stellar:testnet", "0.1",
				Map.of("session", "none"));
		assertThat(receipt(PaymentHeader.encode(settled))).hasValueSatisfying((receipt) -> {
			assertThat(receipt.amount()).isNull();
			assertThat(SessionBalance.of(receipt)).isEqualTo(new SessionBalance(null, null));
		});
	}

	@Test
	void answerWithoutAReadableReceiptHasNone() {
		assertThat(receipt("%%%")).isEmpty();
		assertThat(receipt()).isEmpty();
	}

	private static Optional<PaymentReceipt> receipt(String... headers) {
		return Stream.of(headers).findFirst().flatMap(PaymentReceipt::read);
	}

}
