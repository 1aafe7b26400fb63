package io.github.x402sessions.core.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.FacilitatorRequest;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.SupportedKind;
import io.github.x402sessions.core.protocol.SupportedResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Settlements that got no answer, with and without a facilitator that settles an
 * identifier at most once.
 */
class PayingOnceTests {

	private static final String TESTNET = "stellar:testnet";

	private static final SettleResponse PENDING = SettleResponse.failure("settlement_pending", null, TESTNET);

	private final PricedRoute route = PricedRoute.of("/a", PaymentTerms.of("session", TESTNET,
			Asset.usdc(Network.STELLAR_TESTNET), "0.10", "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG"));

	private final Honouring facilitator = new Honouring();

	private final PaymentGate gate = new PaymentGate(this.facilitator);

	@Test
	void aPaymentWithoutAnIdentifierGetsOneForAllItsCalls() {
		this.gate.settle(verified(null));
		assertThat(this.facilitator.identifiers).hasSize(2).doesNotContainNull();
		assertThat(this.facilitator.identifiers.get(0)).isEqualTo(this.facilitator.identifiers.get(1));
	}

	@Test
	void theClientsIdentifierIsKept() {
		PaymentIdentifier identifier = PaymentIdentifier.random();
		this.gate.settle(verified(identifier));
		assertThat(this.facilitator.identifiers).containsExactly(identifier, identifier);
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
		assertThat(this.facilitator.identifiers).hasSize(4).containsOnly(this.facilitator.identifiers.get(0));
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
		this.facilitator.answers.add(() -> SettleResponse.failure("cap_exceeded", null, TESTNET));
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Refused.class);
		assertThat(this.facilitator.identifiers).hasSize(2);
	}

	@Test
	void withoutAFacilitatorThatPaysOnceNothingIsRepeated() {
		this.facilitator.extensions = List.of();
		PaymentDecision.Verified verified = verified(null);
		this.facilitator.answers.add(() -> PENDING);
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Unknown.class);
		assertThat(this.facilitator.identifiers).hasSize(2).containsOnlyNulls();
	}

	@Test
	void aSpentIdentifierBuysNoSecondAnswer() {
		PaymentDecision.Verified verified = verified(PaymentIdentifier.random());
		this.facilitator.answers.add(() -> receipt(true));
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.AlreadySpent.class);
		this.facilitator.answers.add(() -> SettleResponse.failure("payment_identifier_conflict", null, TESTNET));
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
		assertThat(challenge().extensions()).containsOnlyKeys(PaymentIdentifier.EXTENSION);
		this.facilitator.verdict = VerifyResponse.invalid("cap_exceeded", null);
		assertThat(((PaymentDecision.Refused) decide(null)).required().extensions())
			.containsOnlyKeys(PaymentIdentifier.EXTENSION);
		this.facilitator.verdict = VerifyResponse.valid("GP");
		PaymentDecision.Verified verified = verified(null);
		this.facilitator.answers.add(() -> SettleResponse.failure("cap_exceeded", null, TESTNET));
		assertThat(((SettlementOutcome.Refused) this.gate.settle(verified)).required().extensions())
			.containsOnlyKeys(PaymentIdentifier.EXTENSION);
		this.facilitator.extensions = List.of();
		assertThat(challenge().extensions()).isNull();
	}

	@Test
	void theServerSaysThatItKeepsTrackWhereIdentifiersAreHonoured() {
		assertThat(challenge().accepts().get(0).extra()).containsEntry("paymentIdentifier", true);
		this.gate.settle(verified(null));
		assertThat(this.facilitator.asked).hasSize(2).allMatch(PaymentIdentifier::isTracked);
		this.facilitator.extensions = List.of();
		assertThat(challenge().accepts().get(0).extra()).doesNotContainKey("paymentIdentifier");
		this.gate.settle(verified(null));
		assertThat(this.facilitator.asked).hasSize(4).filteredOn(PaymentIdentifier::isTracked).hasSize(2);
	}

	@Test
	void whatAClientEchoesOfItCountsForNothing() {
		PaymentRequirements offered = challenge().accepts().get(0);
		for (Map<String, Object> extra : List.<Map<String, Object>>of(Map.of(), Map.of("paymentIdentifier", false),
				Map.of("paymentIdentifier", "yes", "more", 1))) {
			PaymentRequirements accepted = new PaymentRequirements(offered.scheme(), offered.network(),
					offered.amount(), offered.asset(), offered.payTo(), offered.maxTimeoutSeconds(), extra);
			assertThat(accept(accepted)).as("%s", extra).isInstanceOf(PaymentDecision.Verified.class);
		}
		assertThat(this.facilitator.asked).hasSize(3).allMatch(PaymentIdentifier::isTracked);
		this.facilitator.extensions = List.of();
		assertThat(accept(offered)).isInstanceOf(PaymentDecision.Verified.class);
		assertThat(this.facilitator.asked.get(3)).matches((asked) -> !PaymentIdentifier.isTracked(asked));
	}

	@Test
	void whatSettledBeforeForNobodyKnowsWhomIsNeitherRefusedNorServed() {
		SettleResponse duplicate = SettleResponse.failure("duplicate_settlement", null, TESTNET);
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
		PaymentPayload payment = new PaymentPayload(2, null, challenge().accepts().get(0), Map.of(),
				Map.of(PaymentIdentifier.EXTENSION, Map.of("info", Map.of("id", "short"))));
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> this.gate.read(PaymentHeader.encode(payment)))
			.withMessageContaining("payment-identifier.info.id");
		assertThat(this.facilitator.identifiers).isEmpty();
	}

	private PaymentRequired challenge() {
		return ((PaymentDecision.Challenge) this.gate.decide(this.route, "https://a.example/a", null)).required();
	}

	private PaymentDecision.Verified verified(PaymentIdentifier identifier) {
		return (PaymentDecision.Verified) decide(identifier);
	}

	private PaymentDecision accept(PaymentRequirements accepted) {
		return this.gate.decide(this.route, "https://a.example/a",
				PaymentPayload.of(null, accepted, Map.of("sessionId", "s")));
	}

	private PaymentDecision decide(PaymentIdentifier identifier) {
		PaymentRequirements accepted = challenge().accepts().get(0);
		PaymentPayload payment = PaymentPayload.of(null, accepted, Map.of("sessionId", "s"));
		return this.gate.decide(this.route, "https://a.example/a",
				(identifier != null) ? identifier.in(payment) : payment);
	}

	private static SettleResponse receipt(boolean replayed) {
		return new SettleResponse(true, null, null, "GP", "ab", TESTNET, "1000000",
				Map.of(PaymentIdentifier.EXTENSION, Map.of("replayed", replayed)));
	}

	/** A facilitator that records the identifiers and terms it is given. */
	private static final class Honouring implements Facilitator {

		private final List<PaymentIdentifier> identifiers = new ArrayList<>();

		private final List<PaymentRequirements> asked = new ArrayList<>();

		private final Deque<Supplier<SettleResponse>> answers = new ArrayDeque<>();

		private List<String> extensions = List.of(PaymentIdentifier.EXTENSION);

		private VerifyResponse verdict = VerifyResponse.valid("GP");

		@Override
		public SupportedResponse supported() {
			return new SupportedResponse(List.of(new SupportedKind(2, "session", TESTNET, Map.of())), this.extensions,
					Map.of());
		}

		@Override
		public VerifyResponse verify(FacilitatorRequest request) {
			note(request);
			return this.verdict;
		}

		@Override
		public SettleResponse settle(FacilitatorRequest request) {
			note(request);
			return this.answers.isEmpty() ? receipt(false) : this.answers.poll().get();
		}

		private void note(FacilitatorRequest request) {
			this.identifiers.add(PaymentIdentifier.of(request.paymentPayload()).orElse(null));
			this.asked.add(request.paymentRequirements());
		}

	}

}
