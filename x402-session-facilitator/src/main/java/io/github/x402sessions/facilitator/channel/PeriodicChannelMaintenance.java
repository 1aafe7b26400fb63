package io.github.x402sessions.facilitator.channel;

import java.time.Duration;

import io.github.x402sessions.facilitator.drain.Drain;
import io.github.x402sessions.facilitator.schedule.PeriodicTask;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.rpc.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Sees to the channels at the start and then every few seconds, sooner where something is
 * still wanted, in a thread of its own.
 */
public final class PeriodicChannelMaintenance implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PeriodicChannelMaintenance.class);

	private static final Duration CALM = Duration.ofSeconds(10);

	private static final Duration SOON = Duration.ofSeconds(3);

	private final ChannelMaintenance maintenance;

	private final Drain drain;

	private final PeriodicTask rounds = new PeriodicTask("x402-channels", SOON, this::round);

	/**
	 * Create the rounds.
	 * @param maintenance what is done
	 * @param drain knows whether anything new is begun
	 */
	public PeriodicChannelMaintenance(ChannelMaintenance maintenance, Drain drain) {
		this.maintenance = maintenance;
		this.drain = drain;
	}

	/** Begin. */
	public void start() {
		this.rounds.start(Duration.ZERO);
	}

	private Duration round() {
		if (this.drain.isDraining()) {
			return SOON;
		}
		try {
			return this.maintenance.run() ? CALM : SOON;
		}
		catch (RpcException | SigningException | DataAccessException ex) {
			logger.warn("The channel accounts cannot be seen to now: {}", ex.getMessage());
			return SOON;
		}
	}

	@Override
	public void close() {
		this.rounds.close();
	}

}
