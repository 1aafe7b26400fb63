package io.github.x402sessions.core.gate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PaymentGateTests {

	private static final String TESTNET = "stellar:testnet";

	private static final String HASH = "ab".repeat(32);

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private static final String URL = "https://shop.example/api/chat";

	private final Asset usdc = Asset.usdc(Network.STELLAR_TESTNET);

	private final PricedRoute route = PricedRoute.of("/api/chat",
			PaymentTerms.of("session", TESTNET, this.usdc, "0.10", MERCHANT));

	private final FakeFacilitator facilitator = new FakeFacilitator();

	private final PaymentGate gate = new PaymentGate(
			new FacilitatorEndpoint("f", "https://f.example", this.facilitator));

	@BeforeEach
	void support() {
		this.facilitator.support(Map.of("spender", "GS", "areFeesSponsored", true), "session");
	}

	@Test
	void challengesWithTheTermsAndTheFacilitatorsExtra() {
		PaymentDecision decision = this.gate.decide(this.route, URL, null);
		assertThat(decision).isInstanceOfSatisfying(PaymentDecision.Challenge.class, (challenge) -> {
			assertThat(challenge.required().error()).isNull();
			assertThat(challenge.required().resource().url()).isEqualTo(URL);
			PaymentRequirements asked = challenge.required().accepts().get(0);
			assertThat(asked.amount()).isEqualTo("1000000");
			assertThat(asked.payTo()).isEqualTo(MERCHANT);
			assertThat(asked.maxTimeoutSeconds()).isEqualTo(300);
			assertThat(asked.extra()).containsEntry("spender", "GS")
				.containsEntry("facilitatorUrl", "https://f.example");
		});
		assertThat(this.facilitator.payments).isEmpty();
	}

	@Test
	void verifiesOnOwnTermsAndSettlesThem() {
		PaymentDecision decision = decide((accepted) -> accepted);
		assertThat(decision).isInstanceOfSatisfying(PaymentDecision.Verified.class, (verified) -> {
			assertThat(verified.payer()).isEqualTo("GP");
			assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Settled.class);
		});
		assertThat(this.facilitator.payments).extracting((request) -> request.paymentRequirements().amount())
			.containsExactly("1000000", "1000000");
	}

	@Test
	void extraKeysInTheClientsExtraAreFine() {
		assertThat(decide((accepted) -> {
			Map<String, Object> extra = new HashMap<>(accepted.extra());
			extra.put("note", "mine");
			return copy(accepted, accepted.amount(), accepted.asset(), accepted.payTo(), accepted.network(), extra);
		})).isInstanceOf(PaymentDecision.Verified.class);
	}

	static List<UnaryOperator<PaymentRequirements>> otherTerms() {
		return List.of((a) -> copy(a, "999999", a.asset(), a.payTo(), a.network(), a.extra()),
				(a) -> copy(a, "01000000", a.asset(), a.payTo(), a.network(), a.extra()),
				(a) -> copy(a, a.amount(), "CX", a.payTo(), a.network(), a.extra()),
				(a) -> copy(a, a.amount(), a.asset(), "GX", a.network(), a.extra()),
				(a) -> copy(a, a.amount(), a.asset(), a.payTo(), "stellar:pubnet", a.extra()),
				(a) -> copy(a, a.amount(), a.asset(), a.payTo(), a.network(), Map.of()),
				(a) -> new PaymentRequirements("exact", a.network(), a.amount(), a.asset(), a.payTo(), 300, a.extra()),
				(a) -> new PaymentRequirements("session", a.network(), a.amount(), a.asset(), a.payTo(), 301,
						a.extra()));
	}

	@ParameterizedTest
	@MethodSource("otherTerms")
	void refusesOtherTermsWithoutAskingTheFacilitator(UnaryOperator<PaymentRequirements> change) {
		assertThat(decide(change)).isInstanceOfSatisfying(PaymentDecision.Refused.class, (refused) -> {
			assertThat(refused.required().error()).isEqualTo("no_matching_requirements");
			assertThat(refused.response()).isNull();
		});
		assertThat(this.facilitator.payments).isEmpty();
	}

	@Test
	void passesTheFacilitatorsRefusalOn() {
		this.facilitator.verdict = VerifyResponse.invalid("cap_exceeded", null);
		assertThat(decide((accepted) -> accepted)).isInstanceOfSatisfying(PaymentDecision.Refused.class, (refused) -> {
			assertThat(refused.required().error()).isEqualTo("cap_exceeded");
			assertThat(refused.response()).isEqualTo(SettleResponse.failure("cap_exceeded", null, TESTNET));
		});
	}

	@Test
	void tellsGarbageFromPayments() {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.gate.read("%%%"));
	}

	@Test
	void staysShutWithoutAFacilitator() {
		this.facilitator.fail(new FacilitatorUnavailableException("down", null));
		assertThat(this.gate.decide(this.route, URL, null)).isEqualTo(new PaymentDecision.Unavailable(true));
		this.facilitator.fail(new FacilitatorAccessException("no"));
		assertThat(this.gate.decide(this.route, URL, null)).isEqualTo(new PaymentDecision.Unavailable(false));
	}

	@Test
	void asksForNothingTheFacilitatorCannotSettle() {
		this.facilitator.kinds = List.of();
		assertThat(this.gate.decide(this.route, URL, null)).isEqualTo(new PaymentDecision.NotPayable());
	}

	static List<SettleResponse> doubtfulReceipts() {
		return List.of(new SettleResponse(true, null, null, "GP", "", TESTNET, null, null),
				new SettleResponse(true, null, null, "GP", HASH, "stellar:pubnet", null, null),
				new SettleResponse(true, null, null, "GX", HASH, TESTNET, null, null),
				new SettleResponse(true, null, null, "GP", "a".repeat(257), TESTNET, null, null),
				new SettleResponse(true, null, null, "GP", "ab12", TESTNET, null, null),
				new SettleResponse(true, null, null, "GP", "cmt_" + "x".repeat(22), TESTNET, null, null),
				new SettleResponse(true, null, null, "GP", HASH, TESTNET, "1", null),
				SettleResponse.failure("settlement_pending", null, TESTNET));
	}

	@ParameterizedTest
	@MethodSource("doubtfulReceipts")
	void aDoubtfulReceiptIsAnUnknownOutcome(SettleResponse receipt) {
		PaymentDecision.Verified verified = (PaymentDecision.Verified) decide((accepted) -> accepted);
		this.facilitator.answer = () -> receipt;
		assertThat(this.gate.settle(verified)).isInstanceOfSatisfying(SettlementOutcome.Unknown.class,
				(unknown) -> assertThat(unknown.response().errorReason()).isEqualTo("settlement_unknown"));
	}

	@Test
	void noAnswerToASettlementIsAnUnknownOutcome() {
		PaymentDecision.Verified verified = (PaymentDecision.Verified) decide((accepted) -> accepted);
		this.facilitator.fail(new FacilitatorUnavailableException("timeout", null));
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Unknown.class);
	}

	@Test
	void aSettlementThatWasNeverSentIsNotMade() {
		PaymentDecision.Verified verified = (PaymentDecision.Verified) decide((accepted) -> accepted);
		this.facilitator.fail(FacilitatorUnavailableException.unsent("nobody listens", null));
		assertThat(this.gate.settle(verified)).isInstanceOfSatisfying(SettlementOutcome.NotMade.class, (notMade) -> {
			assertThat(notMade.temporary()).isTrue();
			assertThat(notMade.response().errorReason()).isEqualTo("settlement_not_made");
		});
		this.facilitator.fail(new FacilitatorAccessException("no"));
		assertThat(this.gate.settle(verified)).isInstanceOfSatisfying(SettlementOutcome.NotMade.class,
				(notMade) -> assertThat(notMade.temporary()).isFalse());
	}

	@Test
	void onlyTheClientsHeaderIsTheClientsFault() {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> this.gate.read("garbage"));
		this.facilitator.whenVerifying = () -> {
			throw new MalformedMessageException("'kinds' is missing");
		};
		assertThat(decide((accepted) -> accepted)).isEqualTo(new PaymentDecision.Unavailable(false));
	}

	@Test
	void aLongReasonIsCut() {
		this.facilitator.verdict = VerifyResponse.invalid("x".repeat(5000), null);
		assertThat(decide((accepted) -> accepted)).isInstanceOfSatisfying(PaymentDecision.Refused.class,
				(refused) -> assertThat(refused.required().error()).hasSize(256));
	}

	@Test
	void aRefusedSettlementAsksAgain() {
		PaymentDecision.Verified verified = (PaymentDecision.Verified) decide((accepted) -> accepted);
		this.facilitator.answer = () -> SettleResponse.failure("onchain_transfer_failed", "why", TESTNET);
		assertThat(this.gate.settle(verified)).isInstanceOfSatisfying(SettlementOutcome.Refused.class, (refused) -> {
			assertThat(refused.required().error()).isEqualTo("onchain_transfer_failed");
			assertThat(refused.required().accepts()).hasSize(1);
		});
	}

	@Test
	void termsAreChecked() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PaymentTerms.of("session", TESTNET, this.usdc, "0", MERCHANT))
			.withMessageContaining("price");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> PaymentTerms.of("session", TESTNET, this.usdc, "1", "GABC"))
			.withMessageContaining("payTo");
		assertThatIllegalArgumentException().isThrownBy(() -> new PricedRoute("x", List.of(), null, null))
			.withMessageContaining("accepts no payment");
		assertThat(PaymentTerms.of("exact", "eip155:8453", this.usdc, "1", "0xabc").payTo()).isEqualTo("0xabc");
	}

	private PaymentDecision decide(UnaryOperator<PaymentRequirements> change) {
		var challenge = (PaymentDecision.Challenge) this.gate.decide(this.route, URL, null);
		PaymentRequirements accepted = change.apply(challenge.required().accepts().get(0));
		return this.gate.decide(this.route, URL,
				this.gate.read(PaymentHeader.encode(PaymentPayload.of(null, accepted, Map.of("sessionId", "s")))));
	}

	private static PaymentRequirements copy(PaymentRequirements terms, String amount, String asset, String payTo,
			String network, Map<String, Object> extra) {
		return new PaymentRequirements(terms.scheme(), network, amount, asset, payTo, terms.maxTimeoutSeconds(), extra);
	}

}
