package io.github.x402sessions.core.gate;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A facilitator changes its spender between a challenge and its payment: what the
 * challenge told of the one before is not held against the payment.
 */
class ToldTermsTests {

	private static final Map<String, Object> BEFORE = told("GA", List.of("GB"));

	private static final Map<String, Object> AFTER = told("GB", List.of("GA"));

	private final FakeFacilitator facilitator = FakeFacilitator.honouring();

	private final PayingClient client = new PayingClient(new PaymentGate(this.facilitator));

	@BeforeEach
	void before() {
		this.facilitator.support(BEFORE, "session");
	}

	@Test
	void theChallengeTellsThem() {
		assertThat(this.client.challenge().accepts().get(0).extra()).containsAllEntriesOf(BEFORE);
	}

	@Test
	void aPaymentOnTheTermsOfBeforeIsMadeAndItsFacilitatorAskedOnThoseOfNow() {
		PaymentRequirements accepted = this.client.challenge().accepts().get(0);
		this.facilitator.support(AFTER, "session");
		assertThat(this.client.pay(accepted, (payment) -> payment)).isInstanceOf(PaymentDecision.Verified.class);
		assertThat(this.facilitator.asked().get(0).extra()).containsAllEntriesOf(AFTER);
	}

	@Test
	void aServerThatHasNotHeardOfItYetTakesThePaymentsOfThoseThatHave() {
		this.facilitator.support(AFTER, "session");
		PaymentRequirements accepted = this.client.challenge().accepts().get(0);
		this.facilitator.support(told("GA", null), "session");
		assertThat(this.client.pay(accepted, (payment) -> payment)).isInstanceOf(PaymentDecision.Verified.class);
	}

	@Test
	void aPaymentWhoseOutcomeWasUnknownIsAnsweredAfterwards() {
		PaymentPayload paid = PaymentPayload.of(null, this.client.challenge().accepts().get(0),
				Map.of("sessionId", "s"));
		this.facilitator.support(AFTER, "session");
		assertThat(this.client.gate()
			.decide(this.client.route(), ReceivedCall.of("https://a.example/a"), paid, BigInteger.valueOf(1_000_000)))
			.isInstanceOf(PaymentDecision.Verified.class);
	}

	@Test
	void theRestIsAgreedOn() {
		PaymentRequirements accepted = this.client.challenge().accepts().get(0);
		Map<String, Object> other = new HashMap<>(AFTER);
		other.put("sessionsEndpoint", "/elsewhere");
		this.facilitator.support(other, "session");
		assertThat(this.client.pay(accepted, (payment) -> payment)).isInstanceOf(PaymentDecision.Refused.class);
		this.facilitator.support(AFTER, "session");
		assertThat(this.client.pay(cheaper(accepted), (payment) -> payment))
			.isInstanceOf(PaymentDecision.Refused.class);
		assertThat(this.facilitator.asked()).isEmpty();
	}

	/** What a route says itself no facilitator changes. */
	@Test
	void aSpenderThatTheRouteNamesIsAgreedOn() {
		PricedRoute route = PricedRoute.of("/a",
				new PaymentTerms("session", FakeFacilitator.TESTNET, Asset.usdc(Network.STELLAR_TESTNET),
						BigInteger.valueOf(1_000_000), PayingClient.ROUTE.accepts().get(0).payTo(), 300,
						Map.of("spender", "GC")));
		PayingClient other = new PayingClient(this.client.gate(), route);
		assertThat(other.pay()).isInstanceOf(PaymentDecision.Verified.class);
		assertThat(other.pay(this.client.challenge().accepts().get(0), (payment) -> payment))
			.isInstanceOf(PaymentDecision.Refused.class);
	}

	private static PaymentRequirements cheaper(PaymentRequirements terms) {
		return new PaymentRequirements(terms.scheme(), terms.network(), "1", terms.asset(), terms.payTo(),
				terms.maxTimeoutSeconds(), terms.extra());
	}

	private static Map<String, Object> told(String spender, List<String> others) {
		Map<String, Object> told = new HashMap<>(Map.of("spender", spender, "facilitatorAddress", spender,
				"sessionsEndpoint", "/sessions", "areFeesSponsored", true));
		if (others != null) {
			told.put("otherSpenders", others);
		}
		return told;
	}

}
