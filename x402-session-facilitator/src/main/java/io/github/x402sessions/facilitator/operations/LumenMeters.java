package io.github.x402sessions.facilitator.operations;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import io.github.x402sessions.stellar.rpc.RpcException;
import io.github.x402sessions.stellar.transfer.TransferReadinessReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.dao.DataAccessException;

/**
 * Measures what there is for fees: the spender's lumens, of which channels are filled up,
 * and those of the poorest channel. Read from the ledger when they are asked for; what
 * cannot be read is not a number.
 */
final class LumenMeters implements MeterBinder {

	private static final double STROOPS = 10_000_000;

	private final TransferReadinessReader reader;

	private final String spender;

	private final OpenWork channels;

	/**
	 * Create the meters.
	 * @param reader reads accounts
	 * @param spender the spender's address
	 * @param channels knows the channels that are in the books
	 */
	LumenMeters(TransferReadinessReader reader, String spender, OpenWork channels) {
		this.reader = reader;
		this.spender = spender;
		this.channels = channels;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "spender", () -> List.of(this.spender));
		gauge(registry, "lowest_channel", this.channels::channelAddresses);
	}

	private void gauge(MeterRegistry registry, String account, Supplier<Collection<String>> addresses) {
		Gauge.builder("x402.facilitator.lumens", addresses, this::least)
			.description("Lumens that an account can spend on fees")
			.tag("account", account)
			.strongReference(true)
			.register(registry);
	}

	private double least(Supplier<Collection<String>> addresses) {
		try {
			return this.reader.lumens(addresses.get())
				.values()
				.stream()
				.min(Comparator.naturalOrder())
				.map(BigInteger::doubleValue)
				.map((stroops) -> stroops / STROOPS)
				.orElse(Double.NaN);
		}
		catch (DataAccessException | RpcException ex) {
			return Double.NaN;
		}
	}

}
