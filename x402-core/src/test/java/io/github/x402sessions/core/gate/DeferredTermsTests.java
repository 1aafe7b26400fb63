package io.github.x402sessions.core.gate;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeferredTermsTests {

	private static final String COMMITMENT = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";

	private static final PricedRoute DEFERRED = PayingClient.ROUTE.withTiming(SettlementTiming.DEFERRED);

	private final FakeFacilitator facilitator = new FakeFacilitator("session");

	private final PaymentGate gate = new PaymentGate(this.facilitator);

	private final PayingClient client = new PayingClient(this.gate, DEFERRED);

	private final CapturedLog log = CapturedLog.of(OfferLog.class, Level.INFO);

	@BeforeEach
	void defer() {
		this.facilitator.support(Map.of("deferred", true), "session");
	}

	@AfterEach
	void restoreTheLog() {
		this.log.close();
	}

	@Test
	void theChallengeAndTheFacilitatorAreToldThatARouteDefers() {
		assertThat(asked(this.client).extra()).containsExactly(Map.entry("settlement", "deferred"));
		this.client.verified();
		assertThat(this.facilitator.asked().get(0).extra()).containsEntry("settlement", "deferred");
		assertThat(this.log.messages()).isEmpty();
	}

	@Test
	void aClientNeedNotRepeatIt() {
		PaymentRequirements accepted = PayingClient.ROUTE.accepts().get(0).toRequirements(Map.of());
		assertThat(this.client.pay(accepted, (payment) -> payment)).isInstanceOf(PaymentDecision.Verified.class);
		assertThat(this.facilitator.asked().get(0).extra()).containsEntry("settlement", "deferred");
	}

	@Test
	void routesThatDoNotDeferAskForNothing() {
		this.facilitator.support(Map.of("deferred", true, "settlement", "deferred"), "session");
		assertThat(asked(new PayingClient(this.gate)).extra()).doesNotContainKey("settlement");
	}

	@Test
	void whereAFacilitatorDoesNotDeferTheRouteSettlesAtCommitAndThatIsTold() {
		this.facilitator.support(Map.of(), "session");
		this.gate.tellSupport(List.of(DEFERRED));
		assertThat(asked(this.client).extra()).doesNotContainKey("settlement");
		assertThat(this.log.messages())
			.containsExactly("Payments are settled sooner than configured: route '/a' settles at commit, because its "
					+ "facilitator does not settle later on: [session on stellar:testnet]");
		assertThat(this.gate.settle(this.client.verified())).isInstanceOf(SettlementOutcome.Settled.class);
		this.facilitator.support(Map.of("deferred", true), "session");
		this.client.challenge();
		assertThat(this.log.messages()).hasSize(2).last().isEqualTo("Route '/a' is settled later on, as configured");
	}

	@Test
	void whoeverIsLentNothingIsToldOnce() {
		this.facilitator.verdict = predicting("deferred");
		this.client.verified();
		assertThat(this.log.messages()).isEmpty();
		this.facilitator.verdict = predicting("immediate");
		new PayingClient(this.gate).verified();
		assertThat(this.log.messages()).as("nobody asked for it").isEmpty();
		this.client.verified();
		this.client.verified();
		assertThat(this.log.messages()).singleElement()
			.asString()
			.contains("the facilitator settles one for route '/a' at once");
	}

	private static VerifyResponse predicting(String settlement) {
		return new VerifyResponse(true, null, null, "GP", Map.of("session", Map.of("settlement", settlement)));
	}

	@Test
	void aStrictStartTakesItAsItIs() {
		this.facilitator.support(Map.of(), "session");
		this.gate.requireSupport(List.of(DEFERRED));
	}

	@Test
	void whatIsDeferredMayBeCommittedOrSettled() {
		this.facilitator.answer = () -> FakeFacilitator.named(COMMITMENT, null);
		assertThat(this.gate.settle(this.client.verified())).isInstanceOfSatisfying(SettlementOutcome.Settled.class,
				(settled) -> assertThat(settled.response().commitment()).hasValue(COMMITMENT));
		this.facilitator.answer = () -> FakeFacilitator.receipt("ab", null);
		assertThat(this.gate.settle(this.client.verified())).isInstanceOfSatisfying(SettlementOutcome.Settled.class,
				(settled) -> assertThat(settled.response().commitment()).isEmpty());
	}

	@Test
	void anythingElseIsNoReceipt() {
		for (String name : List.of("cmt_", COMMITMENT + "x", COMMITMENT + " ", "CMT_MTIzNDU2Nzg5MGFiY2RlZg", "ab12")) {
			this.facilitator.answer = () -> FakeFacilitator.named(name, null);
			assertThat(this.gate.settle(this.client.verified())).as(name).isInstanceOf(SettlementOutcome.Unknown.class);
		}
	}

	@Test
	void aPromiseIsNoPaymentWhereNobodyAskedForOne() {
		this.facilitator.answer = () -> FakeFacilitator.named(COMMITMENT, Map.of("session", Map.of("coalesced", 2)));
		assertThat(this.gate.settle(new PayingClient(this.gate).verified()))
			.isInstanceOf(SettlementOutcome.Unknown.class);
	}

	@Test
	void aCommitmentPaysOnceWhateverItIsSharedWith() {
		this.facilitator.answer = () -> FakeFacilitator.named(COMMITMENT, Map.of("session", Map.of("coalesced", 2)));
		assertThat(this.gate.settle(this.client.verified())).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.gate.settle(this.client.verified())).isInstanceOfSatisfying(SettlementOutcome.NotProven.class,
				(outcome) -> assertThat(outcome.response().errorReason()).isEqualTo("transaction_reused"));
	}

	@Test
	void aTransactionPaysOnceHoweverItIsSpelled() {
		this.facilitator.answer = () -> FakeFacilitator.receipt("ab", null);
		assertThat(this.gate.settle(this.client.verified())).isInstanceOf(SettlementOutcome.Settled.class);
		this.facilitator.answer = () -> FakeFacilitator.receipt("AB", null);
		assertThat(this.gate.settle(this.client.verified())).isInstanceOf(SettlementOutcome.NotProven.class);
	}

	@Test
	void aLostAnswerMayBeToldAgain() {
		this.facilitator.extensions = List.of(PaymentIdentifier.EXTENSION);
		this.facilitator.answers.add(() -> {
			throw new IllegalStateException("reset");
		});
		this.facilitator.answer = () -> FakeFacilitator.named(COMMITMENT, replayed());
		assertThat(this.gate.settle(this.client.verified())).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.gate.settle(this.client.verified())).isInstanceOf(SettlementOutcome.AlreadySpent.class);
	}

	@Test
	void aRouteMaySayItByItsOwnExtra() {
		PaymentTerms terms = PayingClient.ROUTE.accepts().get(0);
		PricedRoute route = PricedRoute.of("/b", new PaymentTerms(terms.scheme(), terms.network(), terms.asset(),
				terms.amount(), terms.payTo(), 60, Map.of("settlement", "deferred")));
		assertThat(route.deferrable()).isEqualTo(route.accepts());
		assertThat(DEFERRED.deferrable()).isEqualTo(DEFERRED.accepts());
		assertThat(PayingClient.ROUTE.deferrable()).isEmpty();
		SettleResponse receipt = FakeFacilitator.named(COMMITMENT, null);
		this.facilitator.answer = () -> receipt;
		assertThat(this.gate.settle(new PayingClient(this.gate, route).verified()))
			.isEqualTo(new SettlementOutcome.Settled(receipt));
	}

	private static PaymentRequirements asked(PayingClient client) {
		return client.challenge().accepts().get(0);
	}

	private static Map<String, Object> replayed() {
		return Map.of(PaymentIdentifier.EXTENSION, Map.of("replayed", true));
	}

}
