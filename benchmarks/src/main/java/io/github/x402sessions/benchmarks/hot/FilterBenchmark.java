package io.github.x402sessions.benchmarks.hot;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.benchmarks.load.Store;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.servlet.PaymentFilter;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The whole filter in front of nothing: what it adds to a free request, and what a
 * challenge costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {

	private final PaymentFilter filter = PaymentFilter
		.builder(new PaymentGate(new AgreeingFacilitator()),
				RouteTable.builder().route(RouteMethod.of("GET"), "/quote", Store.quote("GET /quote")).build())
		.build();

	private final Request free = new Request("/free");

	private final Request quote = new Request("/quote");

	private final Response untouched = new Response();

	/**
	 * Let a free request through.
	 * @param blackhole takes the request
	 * @throws IOException never
	 * @throws ServletException never
	 */
	@Benchmark
	public void freeRoute(Blackhole blackhole) throws IOException, ServletException {
		FilterChain chain = (request, response) -> blackhole.consume(request);
		this.filter.doFilter(this.free, this.untouched, chain);
	}

	/**
	 * Answer 402.
	 * @return how long the body is
	 * @throws IOException never
	 * @throws ServletException never
	 */
	@Benchmark
	public long challenge() throws IOException, ServletException {
		Response response = new Response();
		this.filter.doFilter(this.quote, response, (request, answer) -> {
			throw new IllegalStateException("not paid");
		});
		return response.written();
	}

}
