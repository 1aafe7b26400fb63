package io.github.x402sessions.facilitator.event.delivery;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEvent;
import io.github.x402sessions.facilitator.event.FacilitatorEventListener;
import io.github.x402sessions.facilitator.logging.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application that the facilitator lives in, as a receiver. What it throws is logged,
 * and the event is told again later. Thread-safe.
 *
 * @param listener hears of the events
 */
record ApplicationReceiver(FacilitatorEventListener listener) implements EventReceiver {

	/** No webhook has this name. */
	static final String NAME = "application";

	private static final Logger logger = LoggerFactory.getLogger(ApplicationReceiver.class);

	private static final LogThrottle LOG = new LogThrottle(Duration.ofMinutes(1));

	/** Who takes longer may be told again, by another node, while it still listens. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Set<EventType> types() {
		return EnumSet.allOf(EventType.class);
	}

	@Override
	public Set<String> recipients() {
		return Set.of();
	}

	@Override
	public int parallel() {
		return 1;
	}

	@Override
	public Duration timeout() {
		return PATIENCE;
	}

	@Override
	public boolean isReady() {
		return this.listener.isReady();
	}

	@Override
	public Reaction tell(FacilitatorEvent event) {
		try {
			this.listener.onEvent(event);
			return Reaction.TAKEN;
		}
		catch (RuntimeException | Error ex) {
			LOG.log(event.type(), (skipped) -> logger
				.error("The application cannot take an event ({} more since the last time)", skipped, ex));
			return Reaction.NOT_TAKEN;
		}
	}

}
