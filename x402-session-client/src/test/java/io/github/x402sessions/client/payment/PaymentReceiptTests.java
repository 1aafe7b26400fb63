package io.github.x402sessions.client.payment;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.x402sessions.client.payment.session.SessionBalance;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.Test;

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
