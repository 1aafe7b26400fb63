package io.github.x402sessions.core.gate;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.SettlementPlaces;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.CapturedLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a gate does with a facilitator that holds amounts.
 */
class HoldsTests {

	private static final String COMMITMENT = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";

	private static final BigInteger USED = BigInteger.valueOf(20);

	private final FakeFacilitator facilitator = FakeFacilitator.honouring();

	private final PaymentGate gate = new PaymentGate(this.facilitator);

	private final PayingClient client = new PayingClient(this.gate,
			PayingClient.ROUTE.withTiming(SettlementTiming.DEFERRED));

	@BeforeEach
	void hold() {
		this.facilitator.support(Map.of("deferred", true, "holds", true), "session");
		this.facilitator.holdAnswer = () -> held(Instant.now().plusSeconds(900), false);
		this.facilitator.answer = () -> used(Map.of());
	}

	private static SettleResponse held(Instant until, boolean replayed) {
		return held(until.getEpochSecond(), replayed);
	}

	private static SettleResponse held(long until, boolean replayed) {
		Map<String, Object> session = Map.of("settlement", "held", "heldUntil", until);
		return FakeFacilitator.named(COMMITMENT,
				replayed ? Map.of("session", session, PaymentIdentifier.EXTENSION, Map.of("replayed", true))
						: Map.of("session", session));
	}

	private static SettleResponse used(Map<String, Object> extensions) {
		return new SettleResponse(true, null, null, "GP", COMMITMENT, FakeFacilitator.TESTNET, USED.toString(),
				extensions);
	}

	@Test
	void whatIsHeldIsSettledForWhatWasUsed() {
		HoldOutcome.Held held = held();
		assertThat(held.receipt().commitment()).hasValue(COMMITMENT);
		assertThat(held.until()).isAfter(Instant.now().plusSeconds(800));
		assertThat(this.gate.conclude(held, USED)).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.facilitator.paymentCalls()).containsExactly("verify", "hold", "settle");
		assertThat(this.facilitator.asked()).extracting(PaymentRequirements::amount)
			.containsExactly("1000000", "1000000", "20");
		assertThat(this.facilitator.identifiers()).doesNotContainNull()
			.containsOnly(this.facilitator.identifiers().get(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.gate.conclude(held, BigInteger.valueOf(1_000_001)));
	}

	private HoldOutcome.Held held() {
		return (HoldOutcome.Held) this.gate.hold(this.client.verified());
	}

	@Test
	void nobodyElseCanEndWhatIsHeld() {
		HoldOutcome.Held held = held();
		this.gate.conclude(held, USED);
		this.gate.release(held);
		List<Object> holders = this.facilitator.asked().stream().map((asked) -> asked.extra().get("holder")).toList();
		assertThat(holders).hasSize(4).containsOnly(holders.get(0));
		assertThat((String) holders.get(0)).hasSize(43);
		assertThat(held.toString()).doesNotContain((String) holders.get(0));
		assertThat(this.client.challenge().accepts().get(0).extra()).doesNotContainKey("holder");
		PaymentIdentifier identifier = PaymentIdentifier.random();
		this.facilitator.payments.clear();
		this.client.pay(identifier::in);
		this.client.pay(identifier::in);
		this.client.pay();
		assertThat(this.facilitator.asked()).extracting((asked) -> asked.extra().get("holder"))
			.doesNotContainNull()
			.doesNotContain(holders.get(0))
			.satisfies((again) -> assertThat(again.get(0)).isEqualTo(again.get(1)).isNotEqualTo(again.get(2)));
	}

	@Test
	void nobodyIsAskedWhoDoesNotHold() {
		this.facilitator.support(Map.of("deferred", true), "session");
		assertThat(this.gate.hold(this.client.verified())).isEqualTo(new HoldOutcome.NotHeld());
		this.facilitator.support(Map.of("holds", true), "session");
		assertThat(this.gate.hold(this.client.verified())).isEqualTo(new HoldOutcome.NotHeld());
		this.facilitator.support(Map.of("deferred", true, "holds", true), "session");
		this.facilitator.extensions = List.of();
		assertThat(this.gate.hold(this.client.verified())).isEqualTo(new HoldOutcome.NotHeld());
		assertThat(this.facilitator.count("hold")).isZero();
		assertThat(this.client.challenge().accepts().get(0).extra()).doesNotContainKey("holds");
	}

	@Test
	void whatIsNotHeldIsSettledAsEver() {
		this.facilitator.holdAnswer = () -> SettleResponse.failure("not_held", null, FakeFacilitator.TESTNET);
		assertThat(this.gate.hold(this.client.verified())).isEqualTo(new HoldOutcome.NotHeld());
		this.facilitator.holdAnswer = () -> FakeFacilitator.named(COMMITMENT, Map.of());
		assertThat(this.gate.hold(this.client.verified())).isEqualTo(new HoldOutcome.NotHeld());
		this.facilitator.places = new SettlementPlaces(1);
		PaymentDecision.Verified verified = this.client.verified();
		this.facilitator.places.take();
		assertThat(this.gate.hold(verified)).isEqualTo(new HoldOutcome.NotHeld());
		assertThat(this.facilitator.count("hold")).isEqualTo(2);
	}

	@Test
	void aRefusalIsOneOfTheWholePayment() {
		this.facilitator.holdAnswer = () -> SettleResponse.failure("cap_exceeded", null, FakeFacilitator.TESTNET);
		assertThat(this.gate.hold(this.client.verified())).isInstanceOfSatisfying(HoldOutcome.Failed.class,
				(failed) -> assertThat(failed.outcome().response().errorReason()).isEqualTo("cap_exceeded"));
		this.facilitator.holdAnswer = () -> held(Instant.now().plusSeconds(900), true);
		assertThat(this.gate.hold(this.client.verified())).isInstanceOfSatisfying(HoldOutcome.Failed.class,
				(failed) -> assertThat(failed.outcome()).isInstanceOf(SettlementOutcome.AlreadySpent.class));
	}

	@Test
	void aLostAnswerIsAskedForAgain() {
		this.facilitator.holdAnswer = () -> {
			this.facilitator.holdAnswer = () -> held(Instant.now().plusSeconds(900), true);
			throw new FacilitatorUnavailableException("lost", null);
		};
		HoldOutcome.Held held = held();
		assertThat(this.facilitator.count("hold")).isEqualTo(2);
		this.facilitator.answers.add(() -> {
			throw new FacilitatorUnavailableException("lost", null);
		});
		this.facilitator.answer = () -> used(Map.of(PaymentIdentifier.EXTENSION, Map.of("replayed", true)));
		assertThat(this.gate.conclude(held, USED)).isInstanceOf(SettlementOutcome.Settled.class);
	}

	@Test
	void oneCommitmentHoldsForOnePayment() {
		held();
		assertThat(this.gate.hold(this.client.verified())).isInstanceOfSatisfying(HoldOutcome.Failed.class,
				(failed) -> assertThat(failed.outcome()).isInstanceOf(SettlementOutcome.NotProven.class));
	}

	@Test
	void aConclusionIsAskedForUntilTheHoldLapses() {
		this.facilitator.timeout = Duration.ofSeconds(10);
		this.facilitator.holdAnswer = () -> held(Instant.now().plusSeconds(2), false);
		HoldOutcome.Held held = held();
		this.facilitator.answer = () -> {
			throw new FacilitatorUnavailableException("down", null);
		};
		try (CapturedLog log = CapturedLog.of(Settler.class, Level.ERROR)) {
			assertThat(this.gate.conclude(held, USED)).isInstanceOf(SettlementOutcome.Unknown.class);
			assertThat(log.messages()).singleElement().asString().contains("of 20 base units").endsWith("down");
		}
		assertThat(Instant.now()).isBefore(held.until().plusSeconds(1));
		assertThat(this.facilitator.limits).as("each is one attempt, with all the time of one")
			.hasSizeBetween(2, 3)
			.allSatisfy((limit) -> assertThat(limit).isGreaterThan(Duration.ofMillis(9800)));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1_800_000_000_000L, 31_556_889_864_403_199L })
	void noHoldIsWaitedForLongerThanAnHour(long until) {
		this.facilitator.holdAnswer = () -> held(until, false);
		HoldOutcome.Held held = held();
		assertThat(held.until()).isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3600));
		assertThat(this.gate.conclude(held, USED)).isInstanceOf(SettlementOutcome.Settled.class);
		this.gate.release(held);
		assertThat(this.facilitator.paymentCalls()).containsExactly("verify", "hold", "settle", "release");
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, 31_556_889_864_403_200L, Long.MAX_VALUE })
	void anAnswerWithoutATimeHoldsNothing(long until) {
		this.facilitator.holdAnswer = () -> held(until, false);
		assertThat(this.gate.hold(this.client.verified())).isEqualTo(new HoldOutcome.NotHeld());
	}

	@Test
	void whatNobodyAnsweredMayBeHeldAndIsReleased() {
		this.facilitator.holdAnswer = () -> {
			throw new FacilitatorUnavailableException("down", null);
		};
		PaymentDecision.Verified verified = this.client.verified();
		try (CapturedLog log = CapturedLog.of(Holds.class, Level.WARN)) {
			HoldOutcome.Doubtful doubtful = (HoldOutcome.Doubtful) this.gate.hold(verified);
			assertThat(log.messages()).singleElement().asString().endsWith("so nothing is held for it: down");
			this.gate.release(doubtful);
		}
		assertThat(this.facilitator.calls).endsWith("hold", "release");
		assertThat(this.facilitator.payments).last().isEqualTo(verified.request());
	}

	@Test
	void aReleaseThatIsPendingIsAskedForAgain() {
		HoldOutcome.Held held = held();
		this.facilitator.releaseAnswer = () -> {
			this.facilitator.releaseAnswer = () -> FakeFacilitator.named("", null);
			return SettleResponse.failure("settlement_pending", null, FakeFacilitator.TESTNET);
		};
		try (CapturedLog log = CapturedLog.of(Holds.class, Level.WARN)) {
			this.gate.release(held);
			assertThat(this.facilitator.count("release")).isEqualTo(2);
			assertThat(log.messages()).isEmpty();
		}
	}

	@Test
	void whatWasNotUsedIsReleased() {
		HoldOutcome.Held held = held();
		this.gate.release(held);
		assertThat(this.facilitator.paymentCalls()).containsExactly("verify", "hold", "release");
		try (CapturedLog log = CapturedLog.of(Holds.class, Level.WARN)) {
			this.facilitator.releaseAnswer = () -> {
				this.facilitator.releaseAnswer = () -> SettleResponse.failure("settled", null, FakeFacilitator.TESTNET);
				throw new FacilitatorUnavailableException("down", null);
			};
			this.gate.release(held);
			assertThat(this.facilitator.count("release")).isEqualTo(3);
			assertThat(log.messages()).singleElement().asString().contains("was not released").endsWith("settled");
		}
	}

}
