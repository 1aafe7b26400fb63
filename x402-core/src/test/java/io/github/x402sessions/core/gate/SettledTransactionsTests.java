package io.github.x402sessions.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettledTransactionsTests {

	private static final PaymentDecision.Verified PAYMENT = payment();

	private final AtomicLong nanos = new AtomicLong();

	private final SettledTransactions transactions = new SettledTransactions(this.nanos::get);

	@Test
	void noneOfTheLastMinutesPaysTwiceHoweverFastTheyCome() {
		for (int i = 0; i < 100_000; i++) {
			assertThat(pays(commitment(i))).isTrue();
		}
		assertThat(pays(commitment(0))).isFalse();
		this.nanos.addAndGet(Duration.ofMinutes(30).toNanos());
		assertThat(pays(commitment(0))).isFalse();
	}

	@Test
	void whatIsOldIsForgotten() {
		pays("a".repeat(64));
		this.nanos.addAndGet(Duration.ofMinutes(30).toNanos() + 1);
		assertThat(pays("a".repeat(64))).isTrue();
	}

	@Test
	void spellingOfAHashIsNoOtherTransactionButThatOfACommitmentIs() {
		assertThat(pays("a".repeat(64))).isTrue();
		assertThat(pays("A".repeat(64))).isFalse();
		assertThat(pays("cmt_MTIzNDU2Nzg5MGFiY2RlZg")).isTrue();
		assertThat(pays("cmt_mTIzNDU2Nzg5MGFiY2RlZg")).isTrue();
	}

	private static String commitment(int number) {
		return "cmt_%022d".formatted(number);
	}

	private boolean pays(String transaction) {
		return this.transactions.pays(PAYMENT, false,
				new SettleResponse(true, null, null, "GP", transaction, "stellar:testnet", "10", Map.of()));
	}

	private static PaymentDecision.Verified payment() {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "10", "C", "GR", 60,
				Map.of());
		return new PaymentDecision.Verified(FacilitatorRequest.of(PaymentPayload.of(null, asked, Map.of()), asked),
				PaymentRequired.of(null, new ResourceInfo("https://a.example", null, null), List.of(asked)),
				VerifyResponse.valid("GP"), null, true, null);
	}

}
