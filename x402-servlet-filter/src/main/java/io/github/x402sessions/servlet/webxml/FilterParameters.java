package io.github.x402sessions.servlet.webxml;

import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;

import jakarta.servlet.FilterConfig;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of {@link FilterParameter}s: a system property wins over an
 * environment variable, that over the filter's init parameter. What is empty counts as
 * not there.
 */
public final class FilterParameters {

	private final FilterConfig config;

	private final Function<String, @Nullable String> properties;

	private final Function<String, @Nullable String> environment;

	/**
	 * Create the parameters.
	 * @param config the filter's own
	 * @param properties finds system properties
	 * @param environment finds environment variables
	 * @throws InvalidParameterException if the filter has an init parameter that nobody
	 * reads: a typing error must not make a route free
	 */
	public FilterParameters(FilterConfig config, Function<String, @Nullable String> properties,
			Function<String, @Nullable String> environment) {
		this.config = config;
		this.properties = properties;
		this.environment = environment;
		for (String name : Collections.list(config.getInitParameterNames())) {
			if (FilterParameter.of(name).isEmpty()) {
				throw new InvalidParameterException(name, "there is no such parameter",
						"The parameters are " + FilterParameter.names());
			}
		}
	}

	public Optional<FilterValue> find(FilterParameter parameter) {
		for (FilterValue.Source source : FilterValue.Source.values()) {
			Optional<FilterValue> value = find(parameter, source);
			if (value.isPresent()) {
				return value;
			}
		}
		return Optional.empty();
	}

	public Optional<FilterValue> find(FilterParameter parameter, FilterValue.Source source) {
		String name = switch (source) {
			case SYSTEM_PROPERTY -> parameter.propertyName();
			case ENVIRONMENT -> parameter.environmentName();
			case INIT_PARAMETER -> parameter.initName();
		};
		String text = switch (source) {
			case SYSTEM_PROPERTY -> this.properties.apply(name);
			case ENVIRONMENT -> this.environment.apply(name);
			case INIT_PARAMETER -> this.config.getInitParameter(name);
		};
		return (text == null || text.isBlank()) ? Optional.empty()
				: Optional.of(new FilterValue(source, name, text.strip()));
	}

	/**
	 * Find a text.
	 * @return the text, or {@code null} if there is none
	 */
	public @Nullable String text(FilterParameter parameter) {
		return find(parameter).map(FilterValue::text).orElse(null);
	}

	/** What a parameter is called where it is, for messages. */
	public String name(FilterParameter parameter) {
		return find(parameter).map(FilterValue::name).orElse(parameter.initName());
	}

}
