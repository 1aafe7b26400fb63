package io.github.x402sessions.spring.deferral;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.ResourceInfo;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SettlementNotice;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.fixtures.AdvancingClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class OpenPaymentsTests {

	private static final String COMMITMENT = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	private static final PaidAccount ACCOUNT = new PaidAccount("GR", "stellar:testnet", USDC.id());

	private static final Instant NOW = Instant.parse("2026-01-02T03:05:05Z");

	private final AdvancingClock clock = AdvancingClock.stopped(NOW);

	private final OpenPayments payments = new OpenPayments(this.clock);

	@Test
	void aReceiptIsOwedUntilItIsConfirmed() {
		receive(Map.of());
		assertThat(this.payments.sum(ACCOUNT)).isEqualTo(new OwedSum(ACCOUNT, 1, BigInteger.TEN, NOW, BigInteger.ZERO));
		tell(COMMITMENT, "submitted");
		assertThat(this.payments.sum(ACCOUNT).open()).isEqualTo(1);
		tell(COMMITMENT, "confirmed");
		assertThat(this.payments.sums()).isEmpty();
		assertThat(this.payments.age(ACCOUNT)).isZero();
	}

	@Test
	void whatAMeteredAnswerComesToIsOwed() {
		tell(COMMITMENT, "held");
		assertThat(this.payments.sums()).isEmpty();
		receive(Map.of());
		tell(COMMITMENT, "committed");
		receive(Map.of());
		assertThat(this.payments.sum(ACCOUNT).owed()).isEqualTo(7);
		assertThat(this.payments.sum(ACCOUNT).open()).isEqualTo(1);
		tell(COMMITMENT, "released");
		assertThat(this.payments.sums()).isEmpty();
	}

	@Test
	void whatEndedBeforeItsReceiptWasHeardOfIsNotOwed() {
		tell(COMMITMENT, "confirmed");
		receive(Map.of());
		assertThat(this.payments.sums()).isEmpty();
	}

	@Test
	void aReceiptThatIsToldAgainSaysNothing() {
		receive(Map.of(PaymentIdentifier.EXTENSION, Map.of("replayed", true)));
		assertThat(this.payments.sums()).isEmpty();
	}

	@Test
	void whatPayersCouldNotPayIsLostUntilItIsCollected() {
		receive(Map.of());
		tell(COMMITMENT, "defaulted");
		tell(COMMITMENT, "defaulted");
		tell("cmt_other", "written_off");
		assertThat(this.payments.sum(ACCOUNT))
			.isEqualTo(new OwedSum(ACCOUNT, 0, BigInteger.ZERO, null, BigInteger.valueOf(14)));
		tell(COMMITMENT, "confirmed");
		assertThat(this.payments.sum(ACCOUNT).defaulted()).isEqualTo(7);
	}

	@Test
	void theOldestIsAsOldAsTheBooksSay() {
		receive(Map.of());
		tell("cmt_other", "committed");
		assertThat(this.payments.sum(ACCOUNT).owed()).isEqualTo(17);
		assertThat(this.payments.age(ACCOUNT)).isEqualTo(60);
	}

	@Test
	void settlementsThatWereNeverDeferredAreNotOwed() {
		this.payments.told("GR", new SettlementNotice("1", "submitted", "7", USDC.id(), "stellar:testnet", null, null,
				null, null, null, false));
		assertThat(this.payments.sums()).isEmpty();
	}

	@Test
	void memoryIsBounded() {
		for (int i = 0; i < 100_010; i++) {
			tell("cmt_" + i, "committed");
		}
		assertThat(this.payments.sum(ACCOUNT).open()).isEqualTo(100_000);
	}

	@Test
	void whatNobodyTellsAnythingOfForAWeekIsForgotten() {
		receive(Map.of());
		tell("cmt_lost", "defaulted");
		this.clock.advance(Duration.ofDays(7).plusSeconds(1));
		tell("cmt_other", "committed");
		assertThat(this.payments.sum(ACCOUNT)).satisfies((sum) -> {
			assertThat(sum.open()).isEqualTo(1);
			assertThat(sum.owed()).isEqualTo(7);
			assertThat(sum.defaulted()).isEqualTo(7);
		});
	}

	@Test
	void readingASumDoesNotReadThePayments() {
		for (int i = 0; i < 100_000; i++) {
			tell("cmt_" + i, "committed");
		}
		assertTimeout(Duration.ofSeconds(5), () -> {
			for (int i = 0; i < 100_000; i++) {
				this.payments.sum(ACCOUNT);
			}
		});
	}

	private void receive(Map<String, Object> extensions) {
		PaymentRequirements asked = new PaymentRequirements("session", "stellar:testnet", "10", USDC.id(), "GR", 60,
				Map.of());
		PaymentDecision.Verified verified = new PaymentDecision.Verified(
				FacilitatorRequest.of(PaymentPayload.of(null, asked, Map.of()), asked),
				PaymentRequired.of(null, new ResourceInfo("https://a.example", null, null), List.of(asked)),
				VerifyResponse.valid("GP"), null, true, null);
		this.payments.onSettled(new Payment(verified, "/a", USDC), new SettleResponse(true, null, null, "GP",
				COMMITMENT, "stellar:testnet", "10", Map.copyOf(extensions)));
	}

	private void tell(String id, String status) {
		this.payments.told("GR", new SettlementNotice(id, status, "7", USDC.id(), "stellar:testnet", null, null,
				"2026-01-02T03:04:05Z", null, null, true));
	}

}
