package io.github.x402sessions.core.gate;

import java.util.List;
import java.util.function.Supplier;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A facilitator with one place for settlements, which is taken, left and found full.
 */
class BegunSettlementTests {

	private final FakeFacilitator facilitator = FakeFacilitator.honouring();

	private final PaymentGate gate = new PaymentGate(this.facilitator);

	private final PayingClient client = new PayingClient(this.gate);

	@BeforeEach
	void haveOnePlace() {
		this.facilitator.places = new SettlementPlaces(1);
		this.facilitator.answer = () -> FakeFacilitator.receipt("ab" + this.facilitator.count("settle"), null);
	}

	@Test
	void whileItIsFullNothingIsVerified() {
		BegunSettlement begun = this.gate.begin(this.client.verified());
		assertThat(this.client.pay()).isEqualTo(new PaymentDecision.Unavailable(true));
		assertThat(this.facilitator.count("verify")).isEqualTo(1);
		assertThat(begun.make()).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.client.pay()).isInstanceOf(PaymentDecision.Verified.class);
	}

	@Test
	void whatWasVerifiedBeforeIsNotSent() {
		PaymentDecision.Verified verified = this.client.verified();
		BegunSettlement first = this.gate.begin(this.client.verified());
		BegunSettlement second = this.gate.begin(verified);
		assertThat(second.isPlaced()).isFalse();
		assertThat(second.make()).isInstanceOfSatisfying(SettlementOutcome.NotMade.class, (outcome) -> {
			assertThat(outcome.temporary()).isTrue();
			assertThat(outcome.response().errorReason()).isEqualTo("settlement_not_made");
		});
		assertThat(this.facilitator.count("settle")).isZero();
		assertThat(first.isPlaced()).isTrue();
		assertThat(first.make()).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Settled.class);
	}

	/** What was asked for before may have been settled, whoever finds no place now. */
	@Test
	void whatMayHaveBeenSettledBeforeStaysUnknown() {
		PaymentDecision.Verified verified = this.client.verified();
		BegunSettlement first = this.gate.begin(this.client.verified());
		assertThat(this.gate.settleAgain(verified)).isInstanceOf(SettlementOutcome.Unknown.class);
		assertThat(this.facilitator.count("settle")).isZero();
		first.make();
	}

	@Test
	void whateverHappensThePlaceIsLeft() {
		List<Supplier<SettleResponse>> answers = List
			.of(() -> SettleResponse.failure("cap_exceeded", null, FakeFacilitator.TESTNET), () -> {
				throw FacilitatorUnavailableException.unsent("refused", null);
			}, () -> FakeFacilitator.receipt("ab", null));
		for (Supplier<SettleResponse> answer : answers) {
			this.facilitator.answer = answer;
			this.gate.settle(this.client.verified());
		}
		this.facilitator.answer = () -> {
			throw new StackOverflowError("bug");
		};
		PaymentDecision.Verified verified = this.client.verified();
		assertThat(catchThrowable(() -> this.gate.settle(verified))).isInstanceOf(StackOverflowError.class);
		assertThat(this.facilitator.places.isFull()).isFalse();
	}

	@Test
	void itIsMadeOnce() {
		BegunSettlement begun = this.gate.begin(this.client.verified());
		begun.make();
		assertThatIllegalStateException().isThrownBy(begun::make);
		assertThat(this.facilitator.places.take()).isTrue();
		assertThat(this.facilitator.places.take()).isFalse();
	}

	@Test
	void thereIsAtLeastOnePlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SettlementPlaces(0));
	}

}
