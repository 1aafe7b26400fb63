package io.github.x402sessions.benchmarks.hot;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.benchmarks.load.Store;
import io.github.x402sessions.core.gate.PaymentDecision;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.terms.PricedRoute;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a payment header, and deciding on the payment with a facilitator that agrees at
 * once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PaymentBenchmark {

	private static final String URL = "http://localhost:8080/quote";

	private final PaymentGate gate = new PaymentGate(new AgreeingFacilitator());

	private final PricedRoute route = Store.quote("GET /quote");

	private final PaymentPayload payment = payment();

	private final String header = PaymentHeader.encode(this.payment);

	private PaymentPayload payment() {
		if (this.gate.decide(this.route, URL, null) instanceof PaymentDecision.Challenge challenge) {
			PaymentRequired asked = challenge.required();
			PaymentPayload payment = new PaymentPayload(2, asked.resource(), asked.accepts().get(0),
					Map.of("sessionId", "x402s_" + "a".repeat(43)), null);
			return new PaymentIdentifier("pay_" + "0123456789abcdef".repeat(2)).in(payment);
		}
		throw new IllegalStateException("no challenge for " + List.of(this.route));
	}

	/**
	 * Read the header.
	 * @return the payment
	 */
	@Benchmark
	public PaymentPayload readHeader() {
		return this.gate.read(this.header);
	}

	/**
	 * Decide on the payment.
	 * @return the decision
	 */
	@Benchmark
	public PaymentDecision decide() {
		return this.gate.decide(this.route, URL, this.payment);
	}

	/**
	 * Decide on a request without a payment.
	 * @return the challenge
	 */
	@Benchmark
	public PaymentDecision challenge() {
		return this.gate.decide(this.route, URL, null);
	}

}
