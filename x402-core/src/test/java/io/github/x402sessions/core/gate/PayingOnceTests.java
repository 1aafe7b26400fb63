package io.github.x402sessions.core.gate;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Settlements that got no answer, with and without a facilitator that settles an
 * identifier at most once.
 */
class PayingOnceTests {

	private static final SettleResponse PENDING = SettleResponse.failure("settlement_pending", null,
			FakeFacilitator.TESTNET);

	private final FakeFacilitator facilitator = FakeFacilitator.honouring();

	private final PaymentGate gate = new PaymentGate(this.facilitator);

	private final PayingClient client = new PayingClient(this.gate);

	@BeforeEach
	void answer() {
		this.facilitator.answer = () -> receipt(false);
	}

	@Test
	void aPaymentWithoutAnIdentifierGetsOneForAllItsCalls() {
		this.gate.settle(verified(null));
		assertThat(this.facilitator.identifiers()).hasSize(2).doesNotContainNull();
		assertThat(this.facilitator.identifiers().get(0)).isEqualTo(this.facilitator.identifiers().get(1));
	}

	@Test
	void theClientsIdentifierIsKept() {
		PaymentIdentifier identifier = PaymentIdentifier.random();
		this.gate.settle(verified(identifier));
		assertThat(this.facilitator.identifiers()).containsExactly(identifier, identifier);
	}

	@Test
	void aCallWithoutAnAnswerIsRepeatedAndItsRepetitionBelieved() {
		PaymentDecision.Verified verified = verified(null);
		this.facilitator.answers.add(() -> {
			throw new FacilitatorUnavailableException("reset", null);
		});
		this.facilitator.answers.add(() -> PENDING);
		this.facilitator.answers.add(() -> receipt(true));
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.facilitator.identifiers()).hasSize(4).containsOnly(this.facilitator.identifiers().get(0));
	}

	@Test
	void whatStaysWithoutAnAnswerStaysUnknown() {
		PaymentDecision.Verified verified = verified(null);
		for (int i = 0; i < 5; i++) {
			this.facilitator.answers.add(() -> {
				throw new FacilitatorUnavailableException("reset", null);
			});
		}
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Unknown.class);
		assertThat(this.facilitator.answers).hasSize(2);
	}

	@Test
	void aRepetitionThatWasNotSentSaysNothingOfTheFirstCall() {
		PaymentDecision.Verified verified = verified(null);
		this.facilitator.answers.add(() -> PENDING);
		for (int i = 0; i < 2; i++) {
			this.facilitator.answers.add(() -> {
				throw new FacilitatorAccessException("no");
			});
		}
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Unknown.class);
	}

	@Test
	void aRefusalIsNotRepeated() {
		PaymentDecision.Verified verified = verified(null);
		this.facilitator.answers.add(() -> SettleResponse.failure("cap_exceeded", null, FakeFacilitator.TESTNET));
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Refused.class);
		assertThat(this.facilitator.identifiers()).hasSize(2);
	}

	@Test
	void withoutAFacilitatorThatPaysOnceNothingIsRepeated() {
		this.facilitator.extensions = List.of();
		PaymentDecision.Verified verified = verified(null);
		this.facilitator.answers.add(() -> PENDING);
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Unknown.class);
		assertThat(this.facilitator.identifiers()).hasSize(2).containsOnlyNulls();
	}

	@Test
	void aSpentIdentifierBuysNoSecondAnswer() {
		PaymentDecision.Verified verified = verified(PaymentIdentifier.random());
		this.facilitator.answers.add(() -> receipt(true));
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.AlreadySpent.class);
		this.facilitator.answers
			.add(() -> SettleResponse.failure("payment_identifier_conflict", null, FakeFacilitator.TESTNET));
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.AlreadySpent.class);
		this.facilitator.verdict = VerifyResponse.invalid("payment_identifier_conflict", null);
		assertThat(decide(PaymentIdentifier.random())).isInstanceOf(PaymentDecision.IdentifierSpent.class);
	}

	@Test
	void oneTransactionPaysOnceWhateverItsPaymentsAreCalled() {
		PaymentDecision.Verified verified = verified(PaymentIdentifier.random());
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.NotProven.class);
		assertThat(this.gate.settleAgain(verified)).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void whatWasPaidForAnAnswerThatNeverLeftBuysIt() {
		PaymentDecision.Verified verified = verified(PaymentIdentifier.random());
		this.facilitator.answers.add(() -> receipt(true));
		assertThat(this.gate.settleAgain(verified)).isInstanceOf(SettlementOutcome.Settled.class);
		this.facilitator.extensions = List.of();
		PaymentDecision.Verified chargedTwice = verified(PaymentIdentifier.random());
		assertThatIllegalArgumentException().isThrownBy(() -> this.gate.settleAgain(chargedTwice));
	}

	@Test
	void identifiersAreAdvertisedWhereTheyAreHonoured() {
		assertThat(this.client.challenge().extensions()).containsOnlyKeys(PaymentIdentifier.EXTENSION);
		this.facilitator.verdict = VerifyResponse.invalid("cap_exceeded", null);
		assertThat(((PaymentDecision.Refused) decide(null)).required().extensions())
			.containsOnlyKeys(PaymentIdentifier.EXTENSION);
		this.facilitator.verdict = VerifyResponse.valid("GP");
		PaymentDecision.Verified verified = verified(null);
		this.facilitator.answers.add(() -> SettleResponse.failure("cap_exceeded", null, FakeFacilitator.TESTNET));
		assertThat(((SettlementOutcome.Refused) this.gate.settle(verified)).required().extensions())
			.containsOnlyKeys(PaymentIdentifier.EXTENSION);
		this.facilitator.extensions = List.of();
		assertThat(this.client.challenge().extensions()).isNull();
	}

	@Test
	void theServerSaysThatItKeepsTrackWhereIdentifiersAreHonoured() {
		assertThat(this.client.challenge().accepts().get(0).extra()).containsEntry("paymentIdentifier", true);
		this.gate.settle(verified(null));
		assertThat(this.facilitator.asked()).hasSize(2).allMatch(PaymentIdentifier::isTracked);
		this.facilitator.extensions = List.of();
		assertThat(this.client.challenge().accepts().get(0).extra()).doesNotContainKey("paymentIdentifier");
		this.gate.settle(verified(null));
		assertThat(this.facilitator.asked()).hasSize(4).filteredOn(PaymentIdentifier::isTracked).hasSize(2);
	}

	@Test
	void whatAClientEchoesOfItCountsForNothing() {
		PaymentRequirements offered = this.client.challenge().accepts().get(0);
		for (Map<String, Object> extra : List.<Map<String, Object>>of(Map.of(), Map.of("paymentIdentifier", false),
				Map.of("paymentIdentifier", "yes", "more", 1))) {
			PaymentRequirements accepted = new PaymentRequirements(offered.scheme(), offered.network(),
					offered.amount(), offered.asset(), offered.payTo(), offered.maxTimeoutSeconds(), extra);
			assertThat(accept(accepted)).as("%s", extra).isInstanceOf(PaymentDecision.Verified.class);
		}
		assertThat(this.facilitator.asked()).hasSize(3).allMatch(PaymentIdentifier::isTracked);
		this.facilitator.extensions = List.of();
		assertThat(accept(offered)).isInstanceOf(PaymentDecision.Verified.class);
		assertThat(this.facilitator.asked().get(3)).matches((asked) -> !PaymentIdentifier.isTracked(asked));
	}

	@Test
	void whatSettledBeforeForNobodyKnowsWhomIsNeitherRefusedNorServed() {
		SettleResponse duplicate = SettleResponse.failure("duplicate_settlement", null, FakeFacilitator.TESTNET);
		PaymentDecision.Verified verified = verified(PaymentIdentifier.random());
		this.facilitator.answers.add(() -> duplicate);
		assertThat(this.gate.settle(verified)).as("the first call").isInstanceOf(SettlementOutcome.AlreadySpent.class);
		this.facilitator.answers.addAll(List.of(() -> PENDING, () -> duplicate, () -> duplicate));
		assertThat(this.gate.settle(verified)).as("a repeated one").isInstanceOf(SettlementOutcome.Unknown.class);
		this.facilitator.verdict = VerifyResponse.invalid("duplicate_settlement", null);
		assertThat(decide(PaymentIdentifier.random())).isInstanceOf(PaymentDecision.IdentifierSpent.class);
	}

	@Test
	void aMalformedIdentifierIsTheClientsFault() {
		PaymentPayload payment = new PaymentPayload(2, null, this.client.challenge().accepts().get(0), Map.of(),
				Map.of(PaymentIdentifier.EXTENSION, Map.of("info", Map.of("id", "short"))));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.gate.read(PaymentHeader.encode(payment)))
			.withMessageContaining("payment-identifier.info.id");
		assertThat(this.facilitator.identifiers()).isEmpty();
	}

	private PaymentDecision.Verified verified(PaymentIdentifier identifier) {
		return (PaymentDecision.Verified) decide(identifier);
	}

	private PaymentDecision accept(PaymentRequirements accepted) {
		return this.client.pay(accepted, UnaryOperator.identity());
	}

	private PaymentDecision decide(PaymentIdentifier identifier) {
		return this.client.pay((identifier != null) ? identifier::in : UnaryOperator.identity());
	}

	private static SettleResponse receipt(boolean replayed) {
		return FakeFacilitator.receipt("ab", Map.of(PaymentIdentifier.EXTENSION, Map.of("replayed", replayed)));
	}

}
