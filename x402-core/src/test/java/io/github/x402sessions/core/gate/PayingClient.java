package io.github.x402sessions.core.gate;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.FakeFacilitator;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;

/**
 * A client that pays as it is asked to.
 *
 * @param gate who asks
 * @param route what it wants
 */
record PayingClient(PaymentGate gate, PricedRoute route) {

	/** A route that costs 0.10. */
	static final PricedRoute ROUTE = PricedRoute.of("/a", PaymentTerms.of("session", FakeFacilitator.TESTNET,
			Asset.usdc(Network.STELLAR_TESTNET), "0.10", "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG"));

	private static final String URL = "https://a.example/a";

	PayingClient(PaymentGate gate) {
		this(gate, ROUTE);
	}

	PaymentRequired challenge() {
		return ((PaymentDecision.Challenge) this.gate.decide(this.route, URL, null)).required();
	}

	PaymentDecision pay() {
		return pay(UnaryOperator.identity());
	}

	PaymentDecision pay(UnaryOperator<PaymentPayload> change) {
		return pay(challenge().accepts().get(0), change);
	}

	PaymentDecision pay(PaymentRequirements accepted, UnaryOperator<PaymentPayload> change) {
		return this.gate.decide(this.route, URL,
				change.apply(PaymentPayload.of(null, accepted, Map.of("sessionId", "s"))));
	}

	PaymentDecision.Verified verified() {
		return (PaymentDecision.Verified) pay();
	}

}
