package io.github.x402sessions.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a settlement takes in all, and which transactions pay.
 */
class SettlementPatienceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final FakeFacilitator facilitator = FakeFacilitator.honouring();

	private final PaymentGate gate = new PaymentGate(this.facilitator);

	private final PayingClient client = new PayingClient(this.gate);

	@BeforeEach
	void haveLittleTime() {
		this.facilitator.timeout = TIMEOUT;
	}

	@Test
	void aFacilitatorThatHangsTakesItsTimeOnce() {
		this.facilitator.answer = () -> {
			hang(this.facilitator.limits.get(this.facilitator.limits.size() - 1));
			throw new FacilitatorUnavailableException("no answer", null);
		};
		assertThat(settle()).isInstanceOf(SettlementOutcome.Unknown.class);
		assertThat(this.facilitator.limits).hasSize(1);
		assertThat(this.facilitator.limits.get(0)).isBetween(TIMEOUT.dividedBy(2), TIMEOUT);
	}

	@Test
	void whatIsAskedAgainHasTheRestOfIt() {
		this.facilitator.answer = () -> {
			throw new FacilitatorUnavailableException("reset", null);
		};
		assertThat(settle()).isInstanceOf(SettlementOutcome.Unknown.class);
		List<Duration> limits = this.facilitator.limits;
		assertThat(limits).hasSizeBetween(2, 3);
		assertThat(limits.get(1)).isLessThanOrEqualTo(limits.get(0).minusMillis(200));
	}

	@Test
	void aPendingSettlementIsAskedForUntilTheTimeIsOver() {
		this.facilitator.timeout = Duration.ofSeconds(10);
		this.facilitator.answer = () -> (this.facilitator.limits.size() < 5)
				? SettleResponse.failure("settlement_pending", null, FakeFacilitator.TESTNET)
				: FakeFacilitator.receipt("ab", Map.of());
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void whatTheFacilitatorNeverSentIsAskedForAgainAndNotMade() {
		this.facilitator.answer = SettlementPatienceTests::notSent;
		assertThat(settle()).isInstanceOfSatisfying(SettlementOutcome.NotMade.class, (notMade) -> {
			assertThat(notMade.temporary()).isTrue();
			assertThat(notMade.response().errorReason()).isEqualTo("settlement_not_made");
		});
		assertThat(this.facilitator.limits).hasSizeGreaterThan(1);
		this.facilitator.answers.add(SettlementPatienceTests::notSent);
		this.facilitator.answer = () -> FakeFacilitator.receipt("ab", null);
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
	}

	/** The attempt that nobody has answered may have sent it. */
	@Test
	void whatWasNotSentAgainMayHaveBeenSentBefore() {
		this.facilitator.answers.add(SettlementPatienceTests::notSent);
		this.facilitator.answers.add(() -> {
			throw new FacilitatorUnavailableException("reset", null);
		});
		this.facilitator.answer = SettlementPatienceTests::notSent;
		assertThat(settle()).isInstanceOf(SettlementOutcome.Unknown.class);
		assertThat(this.gate.settleAgain(this.client.verified())).isInstanceOf(SettlementOutcome.Unknown.class);
		this.facilitator.answer = () -> new SettleResponse(false, "rpc_error", null, null, "ab".repeat(32),
				FakeFacilitator.TESTNET, null, null);
		assertThat(settle()).as("names a transaction").isNotInstanceOf(SettlementOutcome.NotMade.class);
	}

	private static SettleResponse notSent() {
		return SettleResponse.failure("rpc_error", null, FakeFacilitator.TESTNET);
	}

	@Test
	void oneTransactionPaysOnce() {
		this.facilitator.answer = () -> FakeFacilitator.receipt("ab", null);
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(settle()).isInstanceOfSatisfying(SettlementOutcome.NotProven.class,
				(outcome) -> assertThat(outcome.response().errorReason()).isEqualTo("transaction_reused"));
		this.facilitator.answer = () -> FakeFacilitator.receipt("cd", null);
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void unlessSeveralPaymentsShareIt() {
		this.facilitator.answer = () -> FakeFacilitator.receipt("ab", Map.of("session", Map.of("coalesced", "2")));
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void orTheSamePaymentIsSettledAgain() {
		this.facilitator.answer = () -> FakeFacilitator.receipt("ab", null);
		PaymentDecision.Verified verified = this.client.verified();
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.gate.settleAgain(verified)).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void whoIsRefusedIsNamed() {
		this.facilitator.answer = () -> SettleResponse.failure("cap_exceeded", null, FakeFacilitator.TESTNET);
		assertThat(settle().response().payer()).isEqualTo("GP");
		this.facilitator.verdict = new VerifyResponse(false, "cap_exceeded", null, "GP", null);
		assertThat(this.client.pay()).isInstanceOfSatisfying(PaymentDecision.Refused.class,
				(refused) -> assertThat(refused.response().payer()).isEqualTo("GP"));
		this.facilitator.verdict = new VerifyResponse(false, "cap_exceeded", null, "G".repeat(1000), null);
		assertThat(this.client.pay()).isInstanceOfSatisfying(PaymentDecision.Refused.class,
				(refused) -> assertThat(refused.response().payer()).isNull());
	}

	private SettlementOutcome settle() {
		return this.gate.settle(this.client.verified());
	}

	private static void hang(Duration limit) {
		try {
			assertThat(new CountDownLatch(1).await(limit.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
