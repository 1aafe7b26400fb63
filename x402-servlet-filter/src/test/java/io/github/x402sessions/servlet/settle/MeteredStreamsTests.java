package io.github.x402sessions.servlet.settle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.github.x402sessions.core.gate.HoldOutcome;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.SettlementOutcome;
import io.github.x402sessions.core.payment.Charge;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.payment.SettlementListeners;
import io.github.x402sessions.core.payment.SettlementThreads;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.purchase.IdempotentPurchase;
import io.github.x402sessions.core.settle.MeteredStream;
import io.github.x402sessions.core.settle.MeteredStreams;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.PaidContainer;
import io.github.x402sessions.servlet.ScriptedFacilitator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ends of many streams at once.
 */
class MeteredStreamsTests {

	private static final Asset USDC = Asset.usdc(Network.STELLAR_TESTNET);

	private static final PricedRoute ROUTE = PricedRoute.of("/paid",
			PaymentTerms.of("session", PaidContainer.TERMS.network(), USDC, "0.10", PaidContainer.TERMS.payTo()));

	private final MeteredStreams streams = new MeteredStreams();

	@Test
	void aFacilitatorThatDoesNotAnswerHoldsUpItsOwnStreamsAlone() {
		ScriptedFacilitator dead = new ScriptedFacilitator();
		dead.gate = new CountDownLatch(1);
		try {
			List<MeteredStream> waiting = Stream.generate(() -> end(dead))
				.limit(SettlementThreads.STREAMS + 1)
				.toList();
			assertThat(end(new ScriptedFacilitator()).end()).succeedsWithin(Duration.ofSeconds(10))
				.isInstanceOf(SettlementOutcome.Settled.class);
			assertThat(waiting).extracting((stream) -> stream.end().isDone()).containsOnly(false);
		}
		finally {
			dead.gate.countDown();
		}
	}

	private MeteredStream end(ScriptedFacilitator facilitator) {
		PaymentGate gate = new PaymentGate(facilitator);
		PaymentDecision.Verified verified = (PaymentDecision.Verified) gate.decide(ROUTE, "https://shop.example/paid",
				PaymentPayload.of(null, PaidContainer.TERMS, Map.of("sessionId", "s")));
		Charge charge = new Charge(gate, new Payment(verified, ROUTE.name(), USDC), new SettlementListeners(List.of()),
				IdempotentPurchase.untracked());
		MeteredStream stream = this.streams.begin(charge,
				new HoldOutcome.Held(verified, facilitator.receipt, Instant.now().plusSeconds(900)), 8192);
		stream.conclude(true);
		return stream;
	}

}
