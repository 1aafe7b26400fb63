package io.github.x402sessions.core.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a settlement takes in all, and which transactions pay.
 */
class SettlementPatienceTests {

	private static final String TESTNET = "stellar:testnet";

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final Patient facilitator = new Patient();

	private final PaymentGate gate = new PaymentGate(this.facilitator);

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
				? SettleResponse.failure("settlement_pending", null, TESTNET) : receipt("ab", Map.of());
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void oneTransactionPaysOnce() {
		this.facilitator.answer = () -> receipt("ab", null);
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(settle()).isInstanceOfSatisfying(SettlementOutcome.NotProven.class,
				(outcome) -> assertThat(outcome.response().errorReason()).isEqualTo("transaction_reused"));
		this.facilitator.answer = () -> receipt("cd", null);
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void unlessSeveralPaymentsShareIt() {
		this.facilitator.answer = () -> receipt("ab", Map.of("session", Map.of("coalesced", "2")));
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(settle()).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void orTheSamePaymentIsSettledAgain() {
		this.facilitator.answer = () -> receipt("ab", null);
		PaymentDecision.Verified verified = verified();
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.gate.settleAgain(verified)).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void whoIsRefusedIsNamed() {
		this.facilitator.answer = () -> SettleResponse.failure("cap_exceeded", null, TESTNET);
		assertThat(settle().response().payer()).isEqualTo("GP");
		this.facilitator.verdict = new VerifyResponse(false, "cap_exceeded", null, "GP", null);
		assertThat(decide()).isInstanceOfSatisfying(PaymentDecision.Refused.class,
				(refused) -> assertThat(refused.response().payer()).isEqualTo("GP"));
		this.facilitator.verdict = new VerifyResponse(false, "cap_exceeded", null, "G".repeat(1000), null);
		assertThat(decide()).isInstanceOfSatisfying(PaymentDecision.Refused.class,
				(refused) -> assertThat(refused.response().payer()).isNull());
	}

	private SettlementOutcome settle() {
		return this.gate.settle(verified());
	}

	private PaymentDecision.Verified verified() {
		return (PaymentDecision.Verified) decide();
	}

	private PaymentDecision decide() {
		PricedRoute route = PricedRoute.of("/a",
				PaymentTerms.of("session", TESTNET, Asset.usdc(Network.STELLAR_TESTNET), "0.10",
						"GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG"));
		PaymentDecision.Challenge challenge = (PaymentDecision.Challenge) this.gate.decide(route, "https://a.example/a",
				null);
		return this.gate.decide(route, "https://a.example/a",
				PaymentPayload.of(null, challenge.required().accepts().get(0), Map.of("sessionId", "s")));
	}

	private static SettleResponse receipt(String transaction, Map<String, Object> extensions) {
		return new SettleResponse(true, null, null, "GP", transaction, TESTNET, "1000000", extensions);
	}

	private static void hang(Duration limit) {
		try {
			assertThat(new CountDownLatch(1).await(limit.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A facilitator that honours identifiers and notes how long it may take. */
	private static final class Patient implements Facilitator {

		private final List<Duration> limits = new ArrayList<>();

		private Supplier<SettleResponse> answer = () -> receipt("ab", null);

		private Duration timeout = TIMEOUT;

		private VerifyResponse verdict = VerifyResponse.valid("GP");

		@Override
		public SupportedResponse supported() {
			return new SupportedResponse(List.of(new SupportedKind(2, "session", TESTNET, Map.of())),
					List.of(PaymentIdentifier.EXTENSION), Map.of());
		}

		@Override
		public VerifyResponse verify(FacilitatorRequest request) {
			return this.verdict;
		}

		@Override
		public SettleResponse settle(FacilitatorRequest request) {
			return settle(request, this.timeout);
		}

		@Override
		public SettleResponse settle(FacilitatorRequest request, Duration limit) {
			this.limits.add(limit);
			return this.answer.get();
		}

		@Override
		public Duration settleTimeout() {
			return this.timeout;
		}

	}

}
