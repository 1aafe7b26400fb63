package io.github.x402sessions.spring;

import io.github.x402sessions.core.gate.CommonTerms;
import io.github.x402sessions.core.gate.InvalidTermsException;
import io.github.x402sessions.core.gate.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * The {@link CommonTerms} of {@link X402Properties}, with the names that their settings
 * have there.
 */
final class ConfiguredTerms {

	private final CommonTerms terms;

	ConfiguredTerms(CommonTerms terms) {
		this.terms = terms;
	}

	/**
	 * Read the terms.
	 * @param properties the configuration
	 * @throws InvalidX402ConfigurationException if it is incomplete or wrong
	 */
	static CommonTerms common(X402Properties properties) {
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
	 * @param place where the price is configured, for messages
	 * @param name the route's name in logs
	 * @throws InvalidX402ConfigurationException if the price is wrong
	 */
	PricedRoute route(String place, String name, @Nullable String price, @Nullable String description,
			@Nullable String mimeType) {
		try {
			return this.terms.route(name, price, description, mimeType);
		}
		catch (InvalidTermsException ex) {
			throw named(place, ex);
		}
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
			case PRICE -> "x402.routes";
		};
	}

}
