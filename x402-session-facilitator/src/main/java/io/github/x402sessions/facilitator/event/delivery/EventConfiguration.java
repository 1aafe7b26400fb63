package io.github.x402sessions.facilitator.event.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.github.x402sessions.facilitator.config.EventProperties;
import io.github.x402sessions.facilitator.config.FacilitatorProperties;
import io.github.x402sessions.facilitator.config.InvalidPropertyException;
import io.github.x402sessions.facilitator.config.WebhookProperties;
import io.github.x402sessions.facilitator.event.EventType;
import io.github.x402sessions.facilitator.event.FacilitatorEventListener;
import io.github.x402sessions.facilitator.schedule.Cleaning;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/**
 * The delivery of events, to whom the configuration names and to the application that the
 * facilitator lives in. Without either, nothing is written and nothing runs.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventProperties.class)
public class EventConfiguration {

	/** What a process before has left is free before this one takes anything. */
	@Bean(initMethod = "start")
	@DependsOn("recovery")
	EventDispatchers eventDispatchers(EventProperties events, FacilitatorProperties properties, EventOutbox outbox,
			EventObserver observer, ObjectProvider<FacilitatorEventListener> listeners) {
		List<EventReceiver> receivers = new ArrayList<>();
		for (WebhookProperties webhook : events.webhooks()) {
			webhook.requireReachable(properties.isLocalTestNetwork());
			receivers.add(new Webhook(webhook, types(webhook), Clock.systemUTC()));
		}
		listeners.ifAvailable((listener) -> receivers.add(new ApplicationReceiver(listener)));
		EventProperties.Delivery settings = events.events();
		RetryPauses pauses = new RetryPauses(settings.firstRetry(), settings.lastRetry(),
				() -> ThreadLocalRandom.current().nextDouble());
		return new EventDispatchers(receivers.stream()
			.map((receiver) -> new EventDispatcher(receiver, outbox, settings, pauses, observer))
			.toList());
	}

	private static Set<EventType> types(WebhookProperties webhook) {
		Set<EventType> types = EnumSet.noneOf(EventType.class);
		webhook.events()
			.forEach(
					(name) -> types.add(EventType.of(name)
						.orElseThrow(() -> new InvalidPropertyException("webhooks[].events",
								"has a name that is not one of an event",
								"List some of "
										+ EnumSet.allOf(EventType.class).stream().map(EventType::wireName).toList()
										+ ", or none for all."))));
		return types.isEmpty() ? EnumSet.allOf(EventType.class) : types;
	}

	/** Also where nobody is told any more: what is left of others has to go. */
	@Bean(initMethod = "start")
	Cleaning eventCleaning(EventDispatchers dispatchers, EventOutbox outbox, EventProperties events) {
		EventCleaning cleaning = new EventCleaning(outbox, dispatchers.receivers(), events.events().retention());
		return new Cleaning("x402-events", cleaning::round);
	}

}
