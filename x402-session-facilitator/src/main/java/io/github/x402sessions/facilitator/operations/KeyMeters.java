package io.github.x402sessions.facilitator.operations;

import java.util.function.DoubleSupplier;

import io.github.x402sessions.facilitator.key.ConfiguredSpenders;
import io.github.x402sessions.facilitator.key.SpenderWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Measures what is wrong with the spenders' keys, as {@link KeyHealth} tells it.
 *
 * @param spenders the spenders
 * @param watch knows what sessions and other nodes have
 */
record KeyMeters(ConfiguredSpenders spenders, SpenderWatch watch) implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "signer", () -> this.spenders.failing().size());
		gauge(registry, "file", () -> this.spenders.problems().size());
		gauge(registry, "missing", () -> this.watch.missing().size());
		gauge(registry, "elsewhere", this.watch::nodesWithoutCurrent);
	}

	private static void gauge(MeterRegistry registry, String problem, DoubleSupplier count) {
		LiveGauge.of("key.problems", count)
			.description("Signers that fail, key files that are not taken, keys that sessions need and are missing, "
					+ "other nodes that lack the spender's")
			.tag("problem", problem)
			.register(registry);
	}

}
