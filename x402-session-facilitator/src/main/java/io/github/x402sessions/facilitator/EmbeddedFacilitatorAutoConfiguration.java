package io.github.x402sessions.facilitator;

import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} of a facilitator in the application's own
 * process, where {@code x402.facilitator.embedded} asks for it. It is configured by the
 * application's {@code facilitator.*} properties and lives in a context and on a port of
 * its own, so that payers can register; the application itself settles without HTTP.
 * Nothing else of it becomes the application's: no data source, no migration.
 */
@AutoConfiguration(beforeName = "io.github.x402sessions.spring.autoconfigure.X402AutoConfiguration")
@ConditionalOnBooleanProperty("x402.facilitator.embedded")
@ConditionalOnMissingBean(Facilitator.class)
public final class EmbeddedFacilitatorAutoConfiguration {

	private static final String PORT = "facilitator.port";

	private static final String PUBLIC_URL = "facilitator.public-url";

	@Bean
	@ConditionalOnBooleanProperty("facilitator.events.published")
	PublishedEvents x402FacilitatorEvents(ApplicationContext context) {
		return new PublishedEvents(context);
	}

	@Bean
	FacilitatorServer x402FacilitatorServer(Environment environment, ObjectProvider<PublishedEvents> events) {
		Map<String, String> properties = new HashMap<>();
		Binder.get(environment)
			.bind("facilitator", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of())
			.forEach((name, value) -> properties.put("facilitator." + name, value));
		properties.put("server.port", environment.getProperty(PORT, "4021"));
		return FacilitatorServer.start(properties, events.getIfAvailable());
	}

	@Bean
	Facilitator x402EmbeddedFacilitator(FacilitatorServer server, Environment environment) {
		String url = environment.getProperty(PUBLIC_URL, server.url().toString());
		return new FacilitatorEndpoint("embedded", url, server.facilitator());
	}

}
