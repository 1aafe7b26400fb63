package io.github.x402sessions.spring.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.core.protocol.ServiceInfo;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.InvalidTermsException;
import io.github.x402sessions.core.terms.PaymentTerms;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.TermsDefinition;
import io.github.x402sessions.spring.X402Properties;
import org.jspecify.annotations.Nullable;

/**
 * The {@link CommonTerms} of {@link X402Properties}, with the names that their settings
 * have there, and what single routes change of them.
 */
public final class ConfiguredTerms {

	private final CommonTerms common;

	private final X402Properties properties;

	private final ServiceInfo service;

	/**
	 * Create the terms.
	 * @throws InvalidX402ConfigurationException if it is wrong who sells
	 */
	public ConfiguredTerms(CommonTerms common, X402Properties properties) {
		this.common = common;
		this.properties = properties;
		this.service = service(properties);
	}

	private static ServiceInfo service(X402Properties properties) {
		try {
			return properties.service().info();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException("x402.service", String.valueOf(ex.getMessage()),
					"Set x402.service.name, tags and icon-url to what fits, or leave them out.");
		}
	}

	/**
	 * Read the terms.
	 * @param properties the configuration
	 * @throws InvalidX402ConfigurationException if it is incomplete or wrong
	 */
	public static CommonTerms common(X402Properties properties) {
		try {
			return CommonTerms.of(properties.scheme(), properties.network(), properties.asset(),
					properties.assetDecimals(), properties.payTo());
		}
		catch (InvalidTermsException ex) {
			throw named(property(ex), ex);
		}
	}

	/**
	 * Make a priced route.
	 * @param asked the route as it is written down
	 * @throws InvalidX402ConfigurationException if its price or its terms are wrong
	 */
	public PricedRoute route(RouteDefinition asked) {
		List<PaymentTerms> accepts = new ArrayList<>();
		for (TermsDefinition terms : asked.accepts()) {
			accepts.add(terms(asked.name(), terms));
		}
		if (accepts.stream().map(ConfiguredTerms::kind).distinct().count() < accepts.size()) {
			throw new InvalidX402ConfigurationException(asked.place(),
					"two of its ways to pay have the same scheme, network, asset and receiver",
					"Set " + asked.place() + " to ways to pay that differ in more than the price.");
		}
		return new PricedRoute(asked.name(), accepts, text(asked.description()), text(asked.mimeType()),
				Objects.requireNonNullElse(asked.timing(), this.properties.settlement()))
			.withService(this.service)
			.withIdentifierRequired(this.properties.requireIdentifier());
	}

	private static List<String> kind(PaymentTerms terms) {
		return List.of(terms.scheme(), terms.network(), terms.asset().id(), terms.payTo());
	}

	private PaymentTerms terms(String name, TermsDefinition asked) {
		try {
			CommonTerms terms = asked.isCommon() ? this.common : changed(asked);
			PaymentTerms made = terms.route(name, asked.price(), null, null).accepts().get(0);
			return new PaymentTerms(made.scheme(), made.network(), made.asset(), made.amount(), made.payTo(),
					(int) this.properties.maxTimeout().toSeconds(), Map.of());
		}
		catch (InvalidTermsException ex) {
			String place = asked.place();
			throw named(place.startsWith("x402.") ? place + property(ex).replaceFirst("x402", "") : place, ex);
		}
	}

	/** Another network has another default asset, and another chain other addresses. */
	private CommonTerms changed(TermsDefinition asked) {
		String network = or(asked.network(), this.properties.network());
		boolean sameNetwork = network.equals(this.properties.network());
		if (asked.payTo() == null && !namespace(network).equals(namespace(this.properties.network()))) {
			throw new InvalidX402ConfigurationException(asked.place(), "x402.pay-to is no address on " + network,
					"Set the pay-to of " + asked.place() + " to the address that is paid on " + network + ".");
		}
		boolean sameAsset = asked.asset() == null && sameNetwork;
		return CommonTerms.of(or(asked.scheme(), this.properties.scheme()), network,
				sameAsset ? this.properties.asset() : asked.asset(),
				(sameAsset && asked.assetDecimals() == null) ? this.properties.assetDecimals() : asked.assetDecimals(),
				(asked.payTo() != null) ? asked.payTo() : this.properties.payTo());
	}

	private static String or(@Nullable String value, String otherwise) {
		return (value != null) ? value : otherwise;
	}

	private static String namespace(String network) {
		return network.replaceFirst(":.*", "");
	}

	private static @Nullable String text(@Nullable String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

	private static InvalidX402ConfigurationException named(String place, InvalidTermsException ex) {
		return new InvalidX402ConfigurationException(place, String.valueOf(ex.getMessage()),
				"Set " + place + " " + ex.remedy() + ".");
	}

	private static String property(InvalidTermsException ex) {
		return switch (ex.setting()) {
			case SCHEME -> "x402.scheme";
			case NETWORK -> "x402.network";
			case ASSET -> "x402.asset";
			case ASSET_DECIMALS -> "x402.asset-decimals";
			case PAY_TO -> "x402.pay-to";
			case PRICE -> "x402.price";
		};
	}

}
