package io.github.x402sessions.facilitator.operations;

import java.util.function.DoubleSupplier;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.micrometer.core.instrument.Gauge;

import org.springframework.dao.DataAccessException;

/**
 * Gauges of this facilitator, whose value is read from books or ledger when it is asked
 * for; what cannot be read is not a number.
 */
final class LiveGauge {

	private LiveGauge() {
	}

	/**
	 * Begin a gauge.
	 * @param name its name, after {@code x402.facilitator.}
	 * @param value reads it
	 */
	static Gauge.Builder<DoubleSupplier> of(String name, DoubleSupplier value) {
		return Gauge.builder("x402.facilitator." + name, value, LiveGauge::read).strongReference(true);
	}

	private static double read(DoubleSupplier value) {
		try {
			return value.getAsDouble();
		}
		catch (DataAccessException | RpcException ex) {
			return Double.NaN;
		}
	}

}
