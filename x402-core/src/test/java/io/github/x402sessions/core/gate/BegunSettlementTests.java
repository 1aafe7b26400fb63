package io.github.x402sessions.core.gate;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A facilitator with one place for settlements, which is taken, left and found full.
 */
class BegunSettlementTests {

	private static final String TESTNET = "stellar:testnet";

	private final Crowded facilitator = new Crowded();

	private final PaymentGate gate = new PaymentGate(this.facilitator);

	@Test
	void whileItIsFullNothingIsVerified() {
		BegunSettlement begun = this.gate.begin(verified());
		assertThat(decide()).isEqualTo(new PaymentDecision.Unavailable(true));
		assertThat(this.facilitator.verified).isEqualTo(1);
		assertThat(begun.make()).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(decide()).isInstanceOf(PaymentDecision.Verified.class);
	}

	@Test
	void whatWasVerifiedBeforeIsNotSent() {
		PaymentDecision.Verified verified = verified();
		BegunSettlement first = this.gate.begin(verified());
		BegunSettlement second = this.gate.begin(verified);
		assertThat(second.isPlaced()).isFalse();
		assertThat(second.make()).isInstanceOfSatisfying(SettlementOutcome.NotMade.class, (outcome) -> {
			assertThat(outcome.temporary()).isTrue();
			assertThat(outcome.response().errorReason()).isEqualTo("settlement_not_made");
		});
		assertThat(this.facilitator.settled).isZero();
		assertThat(first.isPlaced()).isTrue();
		assertThat(first.make()).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Settled.class);
	}

	/** What was asked for before may have been settled, whoever finds no place now. */
	@Test
	void whatMayHaveBeenSettledBeforeStaysUnknown() {
		PaymentDecision.Verified verified = verified();
		BegunSettlement first = this.gate.begin(verified());
		assertThat(this.gate.settleAgain(verified)).isInstanceOf(SettlementOutcome.Unknown.class);
		assertThat(this.facilitator.settled).isZero();
		first.make();
	}

	@Test
	void whateverHappensThePlaceIsLeft() {
		List<Supplier<SettleResponse>> answers = List.of(() -> SettleResponse.failure("cap_exceeded", null, TESTNET),
				() -> {
					throw FacilitatorUnavailableException.unsent("refused", null);
				}, () -> receipt("ab"));
		for (Supplier<SettleResponse> answer : answers) {
			this.facilitator.answer = answer;
			this.gate.settle(verified());
		}
		this.facilitator.answer = () -> {
			throw new StackOverflowError("bug");
		};
		PaymentDecision.Verified verified = verified();
		assertThat(catchThrowable(() -> this.gate.settle(verified))).isInstanceOf(StackOverflowError.class);
		assertThat(this.facilitator.places.isFull()).isFalse();
	}

	@Test
	void itIsMadeOnce() {
		BegunSettlement begun = this.gate.begin(verified());
		begun.make();
		assertThatIllegalStateException().isThrownBy(begun::make);
		assertThat(this.facilitator.places.take()).isTrue();
		assertThat(this.facilitator.places.take()).isFalse();
	}

	@Test
	void thereIsAtLeastOnePlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SettlementPlaces(0));
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

	private static SettleResponse receipt(String transaction) {
		return new SettleResponse(true, null, null, "GP", transaction, TESTNET, "1000000", null);
	}

	/** A facilitator that honours identifiers and has one place. */
	private static final class Crowded implements Facilitator {

		private final SettlementPlaces places = new SettlementPlaces(1);

		private int verified;

		private int settled;

		private Supplier<SettleResponse> answer = () -> receipt("ab" + this.settled);

		@Override
		public SupportedResponse supported() {
			return new SupportedResponse(List.of(new SupportedKind(2, "session", TESTNET, Map.of())),
					List.of(PaymentIdentifier.EXTENSION), Map.of());
		}

		@Override
		public VerifyResponse verify(FacilitatorRequest request) {
			this.verified++;
			return VerifyResponse.valid("GP");
		}

		@Override
		public SettleResponse settle(FacilitatorRequest request) {
			this.settled++;
			return this.answer.get();
		}

		@Override
		public SettlementPlaces settlementPlaces() {
			return this.places;
		}

	}

}
