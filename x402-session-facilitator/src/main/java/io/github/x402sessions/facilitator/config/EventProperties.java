package io.github.x402sessions.facilitator.config;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of events: who is told of them, and when.
 *
 * @param webhooks who is told by HTTP
 * @param events when receivers are told
 */
@ConfigurationProperties("facilitator")
public record EventProperties(@DefaultValue List<WebhookProperties> webhooks, @DefaultValue Delivery events) {

	/**
	 * Check the properties.
	 * @throws InvalidPropertyException if one is wrong
	 */
	public EventProperties {
		webhooks = List.copyOf(webhooks);
		if (webhooks.stream().map(WebhookProperties::name).distinct().count() < webhooks.size()) {
			throw new InvalidPropertyException("webhooks[].name", "is the same for two webhooks",
					"Set it to another name for each.");
		}
	}

	/**
	 * The times of deliveries.
	 *
	 * @param published whether a facilitator in another application's process publishes
	 * events there
	 * @param interval how often is looked for new events
	 * @param firstRetry the pause after the first delivery that fails, about; each one
	 * after that is twice as long
	 * @param lastRetry the longest pause between two deliveries of an event
	 * @param retention how long an event waits for a receiver before it is given up
	 */
	public record Delivery(@DefaultValue("false") boolean published, @DefaultValue("1s") Duration interval,
			@DefaultValue("5s") Duration firstRetry, @DefaultValue("1h") Duration lastRetry,
			@DefaultValue("3d") Duration retention) {

		private static final Duration SHORTEST = Duration.ofMillis(10);

		private static final Duration LONGEST = Duration.ofDays(30);

		/**
		 * Check the properties.
		 * @throws InvalidPropertyException if one is wrong
		 */
		public Delivery {
			PropertyCheck.duration("events.interval", interval, SHORTEST);
			PropertyCheck.duration("events.first-retry", firstRetry, SHORTEST);
			if (lastRetry.compareTo(firstRetry) < 0 || lastRetry.compareTo(Duration.ofHours(1)) > 0) {
				throw new InvalidPropertyException("events.last-retry", "is out of range",
						"Set it to at least facilitator.events.first-retry and at most 1h.");
			}
			if (retention.compareTo(lastRetry) < 0 || retention.compareTo(LONGEST) > 0) {
				throw new InvalidPropertyException("events.retention", "is out of range",
						"Set it to at least facilitator.events.last-retry and at most 30d.");
			}
		}

	}

}
