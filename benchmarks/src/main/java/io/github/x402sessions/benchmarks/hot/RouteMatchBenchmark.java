package io.github.x402sessions.benchmarks.hot;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.github.x402sessions.benchmarks.load.Store;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.RouteMethod;
import io.github.x402sessions.servlet.route.RouteTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding the route of a request among some: half of them exact paths, half prefixes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RouteMatchBenchmark {

	private final Request exact = new Request("/api/0/items/quote");

	private final Request prefix = new Request("/shop/0/items/quote");

	private final Request free = new Request("/about/us/and/others");

	/** How many routes there are of either form. */
	@Param({ "1", "100", "1000" })
	private int routes;

	private RouteTable table = RouteTable.builder().build();

	/** Price the routes. */
	@Setup
	public void price() {
		RouteTable.Builder builder = RouteTable.builder();
		PricedRoute route = Store.quote("quote");
		for (int index = 0; index < this.routes; index++) {
			builder.route(RouteMethod.of("GET"), "/api/" + index + "/items/quote", route);
			builder.route(RouteMethod.of("GET"), "/shop/" + index + "/items/*", route);
		}
		this.table = builder.build();
	}

	/**
	 * Find a route of an exact path.
	 * @return the route
	 */
	@Benchmark
	public Optional<PricedRoute> exact() {
		return this.table.find(this.exact);
	}

	/**
	 * Find a route of a prefix.
	 * @return the route
	 */
	@Benchmark
	public Optional<PricedRoute> prefix() {
		return this.table.find(this.prefix);
	}

	/**
	 * Find out that a path is free.
	 * @return nothing
	 */
	@Benchmark
	public Optional<PricedRoute> free() {
		return this.table.find(this.free);
	}

}
