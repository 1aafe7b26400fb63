package io.github.x402sessions.servlet.webxml;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.x402sessions.core.protocol.ServiceInfo;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;

/**
 * Those of the {@link FilterParameters} that all routes have in common besides their
 * terms.
 */
public final class RouteDefaults implements UnaryOperator<PricedRoute> {

	private final SettlementTiming timing;

	private final boolean identifierRequired;

	private final ServiceInfo service;

	/**
	 * Read the parameters.
	 * @throws InvalidParameterException if one is wrong
	 */
	public RouteDefaults(FilterParameters parameters) {
		this.timing = parameters.find(FilterParameter.SETTLEMENT)
			.map(FilterValue::timing)
			.orElse(SettlementTiming.AT_COMMIT);
		this.identifierRequired = parameters.find(FilterParameter.REQUIRE_IDENTIFIER)
			.map(FilterValue::truth)
			.orElse(false);
		ServiceInfo name = service(parameters.find(FilterParameter.SERVICE_NAME),
				(text) -> new ServiceInfo(text, List.of(), null));
		ServiceInfo tags = service(parameters.find(FilterParameter.SERVICE_TAGS),
				(text) -> new ServiceInfo(null, List.of(text.split("\\s*,\\s*")), null));
		ServiceInfo icon = service(parameters.find(FilterParameter.SERVICE_ICON_URL),
				(text) -> new ServiceInfo(null, List.of(), text));
		this.service = new ServiceInfo(name.name(), tags.tags(), icon.iconUrl());
	}

	private static ServiceInfo service(Optional<FilterValue> value, Function<String, ServiceInfo> reading) {
		try {
			return value.map(FilterValue::text).map(reading).orElse(ServiceInfo.NONE);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidParameterException(value.map(FilterValue::name).orElse("service"),
					String.valueOf(ex.getMessage()), "Change it, or leave it out");
		}
	}

	@Override
	public PricedRoute apply(PricedRoute route) {
		return route.withTiming(this.timing).withIdentifierRequired(this.identifierRequired).withService(this.service);
	}

}
