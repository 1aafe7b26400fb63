package io.github.x402sessions.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.spring.X402Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Tells at start which properties below {@code x402} nobody reads, because they are
 * misspelt. Properties of other modules are known by their metadata.
 */
final class UnknownProperties implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(UnknownProperties.class);

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String PREFIX = "x402";

	private final ConfigurableApplicationContext context;

	private final ClassLoader classLoader;

	UnknownProperties(ConfigurableApplicationContext context, ClassLoader classLoader) {
		this.context = context;
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
			.filter((property) -> !known.contains("\"" + property.getName() + "\""))
			.forEach((property) -> logger.warn("Property '{}' is not known and has no effect ({})", property.getName(),
					property.getOrigin()));
	}

	/** What all that is bound to {@code x402} leaves. */
	private Set<ConfigurationProperty> unbound() {
		Set<ConfigurationProperty> unbound = unbound(X402Properties.class);
		ConfigurationPropertiesBean.getAll(this.context)
			.values()
			.stream()
			.filter((bean) -> PREFIX.equals(bean.getAnnotation().prefix()))
			.flatMap((bean) -> Stream.ofNullable(bean.getInstance()))
			.map(AopUtils::getTargetClass)
			.forEach((type) -> unbound.retainAll(unbound(type)));
		return unbound;
	}

	private Set<ConfigurationProperty> unbound(Class<?> type) {
		try {
			Binder.get(this.context.getEnvironment())
				.bind(PREFIX, Bindable.of(type),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
			return new LinkedHashSet<>();
		}
		catch (BindException ex) {
			return new LinkedHashSet<>((ex.getCause() instanceof UnboundConfigurationPropertiesException unbound)
					? unbound.getUnboundProperties() : Set.of());
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
