package io.github.x402sessions.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;

import io.github.x402sessions.spring.X402Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Tells at start which properties below {@code x402} nobody reads, because they are
 * misspelt. Properties of other modules are known by their metadata.
 */
final class UnknownProperties implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(UnknownProperties.class);

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private final Environment environment;

	private final ClassLoader classLoader;

	UnknownProperties(Environment environment, ClassLoader classLoader) {
		this.environment = environment;
		this.classLoader = classLoader;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Set<ConfigurationProperty> unbound = unbound();
		if (unbound.isEmpty()) {
			return;
		}
		String known = metadata();
		unbound.stream()
			.filter((property) -> !isKnown(known, property.getName().toString()))
			.forEach((property) -> logger.warn("Property '{}' is not known and has no effect ({})", property.getName(),
					property.getOrigin()));
	}

	/** The elements of another module's list are known by the list. */
	private static boolean isKnown(String metadata, String property) {
		int list = property.indexOf('[');
		return metadata.contains("\"" + ((list > 0) ? property.substring(0, list) : property) + "\"");
	}

	private Set<ConfigurationProperty> unbound() {
		try {
			Binder.get(this.environment)
				.bind("x402", Bindable.of(X402Properties.class),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
			return Set.of();
		}
		catch (BindException ex) {
			return (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound)
					? unbound.getUnboundProperties() : Set.of();
		}
	}

	private String metadata() {
		try {
			StringBuilder text = new StringBuilder();
			for (URL file : Collections.list(this.classLoader.getResources(METADATA))) {
				try (InputStream in = file.openStream()) {
					text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
				}
			}
			return text.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
