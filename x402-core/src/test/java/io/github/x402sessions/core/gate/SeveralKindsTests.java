package io.github.x402sessions.core.gate;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.KindLimits;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.fixtures.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Routes that can be paid in several ways, settled by several facilitators.
 */
class SeveralKindsTests {

	private static final String TESTNET = "stellar:testnet";

	private static final String URL = "https://shop.example/api/chat";

	private static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	private final PricedRoute route = new PricedRoute("/api/chat",
			List.of(PaymentTerms.of("exact", TESTNET, USDC, "0.20", MERCHANT),
					PaymentTerms.of("session", TESTNET, USDC, "0.10", MERCHANT)),
			null, null);

	private final FakeFacilitator first = new FakeFacilitator("session");

	private final FakeFacilitator second = new FakeFacilitator("session", "exact");

	private final PaymentGate gate = new PaymentGate(
			new CompositeFacilitator(List.of(new FacilitatorEndpoint("first", "https://first.example", this.first),
					new FacilitatorEndpoint("second", "https://second.example", this.second))));

	private final CapturedLog log = CapturedLog.of(OfferLog.class, Level.INFO);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void offersEveryKindInTheRoutesOrderWithItsFacilitator() {
		assertThat(asked()).extracting((terms) -> terms.scheme() + " " + terms.extra().get("facilitatorUrl"))
			.containsExactly("exact https://second.example", "session https://first.example");
		assertThat(this.log.messages()).isEmpty();
	}

	@Test
	void leavesOutWhatIsNotSupported() {
		this.second.support(Map.of());
		assertThat(asked()).extracting(PaymentRequirements::scheme).containsExactly("session");
		asked();
		assertThat(this.log.messages())
			.containsExactly("Payments are asked for in fewer ways than configured: route '/api/chat' cannot be paid "
					+ "in all its ways: [exact on stellar:testnet (no facilitator supports it)]");
	}

	@Test
	void identifiersAreAdvertisedIfOneWayHonoursThem() {
		this.second.extensions = List.of(PaymentIdentifier.EXTENSION);
		assertThat(((PaymentDecision.Challenge) decide(null)).required().extensions())
			.containsOnlyKeys(PaymentIdentifier.EXTENSION);
		assertThat(asked()).extracting((terms) -> terms.scheme() + " " + PaymentIdentifier.isTracked(terms))
			.containsExactly("exact true", "session false");
	}

	@Test
	void leavesOutWhatIsNotKnownToBeSupported() {
		this.second.failure = new FacilitatorUnavailableException("down", null);
		assertThat(asked()).extracting(PaymentRequirements::scheme).containsExactly("session");
		this.first.failure = new FacilitatorUnavailableException("down too", null);
		assertThat(decide(null)).isEqualTo(new PaymentDecision.Unavailable(true));
	}

	@Test
	void aRouteThatNobodyCanPayIsToldOnce() {
		this.first.support(Map.of());
		this.second.support(Map.of());
		for (int i = 0; i < 5; i++) {
			assertThat(decide(null)).isEqualTo(new PaymentDecision.NotPayable());
		}
		this.second.support(Map.of(), "session", "exact");
		asked();
		asked();
		assertThat(this.log.messages()).hasSize(2).last().asString().contains("/api/chat", "can be paid again");
	}

	/** Nobody should sign for a session that can never pay. */
	@Test
	void aPriceThatTheFacilitatorDoesNotTakeIsNotAsked() {
		this.first.support(Map.of("spender", "G", KindLimits.MEMBER,
				new KindLimits(null, BigInteger.valueOf(1_000_000), null).toMember()), "session");
		assertThat(asked().get(1).extra()).containsOnlyKeys("spender", "facilitatorUrl");
		this.first.support(
				Map.of(KindLimits.MEMBER, new KindLimits(null, BigInteger.valueOf(999_999), null).toMember()),
				"session");
		String problem = "route '/api/chat' cannot be paid in all its ways: [session on stellar:testnet (it costs 0.1, "
				+ "and its facilitator takes no payment above 0.0999999)]";
		assertThatExceptionOfType(UnpayableRouteException.class)
			.isThrownBy(() -> this.gate.requireSupport(List.of(this.route)))
			.withMessage(problem);
		assertThatCode(() -> this.gate.requireKinds(List.of(this.route))).doesNotThrowAnyException();
		this.gate.tellSupport(List.of(this.route));
		assertThat(asked()).extracting(PaymentRequirements::scheme).containsExactly("exact");
		assertThat(this.log.messages())
			.containsExactly("Payments are asked for in fewer ways than configured: " + problem);
	}

	@Test
	void whatIsWrongWithManyRoutesIsOneLine() {
		this.first.support(Map.of());
		this.second.support(Map.of(), "session");
		List<PricedRoute> routes = IntStream.range(0, 200)
			.mapToObj((i) -> PricedRoute.of("/" + i, PaymentTerms.of("exact", TESTNET, USDC, "0.20", MERCHANT)))
			.toList();
		this.gate.tellSupport(routes);
		this.gate.tellSupport(routes);
		assertThat(this.log.messages())
			.containsExactly("Payments cannot be asked for: route '/0' cannot be paid: [exact on "
					+ "stellar:testnet (no facilitator supports it)], and so it is with 199 other routes");
		this.second.support(Map.of(), "session", "exact");
		this.gate.tellSupport(routes.subList(0, 1));
		assertThat(this.log.messages()).hasSize(2).last().asString().contains("'/0' can be paid again");
	}

	/** They withhold nothing that was paid before. */
	@Test
	void limitsThatAreAnnouncedLaterAreForNewPayments() {
		this.first.extensions = List.of(PaymentIdentifier.EXTENSION);
		PaymentPayload paid = PaymentPayload.of(null, asked().get(1), Map.of("sessionId", "s"));
		this.first.support(
				Map.of(KindLimits.MEMBER, new KindLimits(null, BigInteger.valueOf(999_999), null).toMember()),
				"session");
		assertThat(this.gate.decide(this.route, URL, paid)).isInstanceOf(PaymentDecision.Refused.class);
		assertThat(decideAgain(paid)).isInstanceOf(PaymentDecision.Verified.class);
		decide(null);
		assertThat(this.log.messages()).as("told once").hasSize(1);
	}

	@Test
	void whatMayHaveBeenSettledStaysUnknownWhileItCannotBeVerified() {
		this.first.extensions = List.of(PaymentIdentifier.EXTENSION);
		PaymentPayload paid = PaymentPayload.of(null, asked().get(1), Map.of("sessionId", "s"));
		PaymentDecision unknown = new PaymentDecision.SettlementUnknown(
				SettleResponse.failure("settlement_unknown", null, TESTNET));
		this.first.support(Map.of());
		this.second.support(Map.of());
		assertThat(this.gate.decide(this.route, URL, paid)).isEqualTo(new PaymentDecision.NotPayable());
		assertThat(decideAgain(paid)).isEqualTo(unknown);
		this.second.failure = new FacilitatorUnavailableException("down", null);
		this.first.failure = new FacilitatorUnavailableException("down too", null);
		assertThat(decideAgain(paid)).isEqualTo(unknown);
	}

	@Test
	void whoVerifiesSettlesWhateverIsSupportedByThen() {
		PaymentDecision.Verified verified = (PaymentDecision.Verified) decide(asked().get(1));
		this.first.support(Map.of());
		assertThat(this.gate.settle(verified)).isInstanceOf(SettlementOutcome.Settled.class);
		assertThat(this.first.paymentCalls()).containsExactly("verify", "settle");
		assertThat(this.second.paymentCalls()).isEmpty();
	}

	@Test
	void termsOfAFacilitatorThatNoLongerHasThemAreNotAccepted() {
		PaymentRequirements old = asked().get(1);
		this.first.support(Map.of());
		assertThat(decide(old)).isInstanceOf(PaymentDecision.Refused.class);
		assertThat(this.first.paymentCalls()).isEmpty();
		assertThat(this.second.paymentCalls()).isEmpty();
	}

	@Test
	void aStrictStartNeedsEveryKind() {
		assertThatCode(() -> this.gate.requireSupport(List.of(this.route))).doesNotThrowAnyException();
		this.second.support(Map.of());
		assertThatExceptionOfType(UnpayableRouteException.class)
			.isThrownBy(() -> this.gate.requireSupport(List.of(this.route)))
			.withMessageContaining("route '/api/chat'")
			.withMessageContaining("exact on stellar:testnet");
		this.second.failure = new FacilitatorUnavailableException("down", null);
		assertThatExceptionOfType(UnpayableRouteException.class)
			.isThrownBy(() -> this.gate.requireSupport(List.of(this.route)))
			.withMessageContaining("down");
	}

	private List<PaymentRequirements> asked() {
		return ((PaymentDecision.Challenge) decide(null)).required().accepts();
	}

	private PaymentDecision decideAgain(PaymentPayload paid) {
		return this.gate.decide(this.route, ReceivedCall.of(URL), paid, BigInteger.valueOf(1_000_000));
	}

	private PaymentDecision decide(PaymentRequirements accepted) {
		return this.gate.decide(this.route, URL,
				(accepted != null) ? PaymentPayload.of(null, accepted, Map.of("sessionId", "s")) : null);
	}

}
