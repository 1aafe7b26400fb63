package io.github.x402sessions.spring.route;

import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.RequestPricer;
import io.github.x402sessions.spring.TermsDefinition;
import io.github.x402sessions.spring.X402Accept;
import io.github.x402sessions.spring.X402Price;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.StringUtils;

/**
 * Reads {@link X402Price} annotations: resolves their placeholders and finds the beans
 * that they name.
 */
public final class PriceReader {

	private final ConfigurableBeanFactory beans;

	private final ConfiguredTerms terms;

	private final FreeDeclarations free;

	/**
	 * Create a reader of prices that everybody pays.
	 */
	public PriceReader(ConfigurableBeanFactory beans, ConfiguredTerms terms) {
		this(beans, terms, FreeDeclarations.REFUSED);
	}

	public PriceReader(ConfigurableBeanFactory beans, ConfiguredTerms terms, FreeDeclarations free) {
		this.beans = beans;
		this.terms = terms;
		this.free = free;
	}

	/**
	 * Read a price.
	 * @param place where it stands, for messages
	 * @param name the route's name
	 * @param price the annotation
	 * @throws InvalidX402ConfigurationException if it is wrong
	 */
	public AnnotatedPrice read(String place, String name, X402Price price) {
		RequestPricer pricer = pricer(place, price);
		RouteDefinition asked = new RouteDefinition(place, name, accepts(place, price, pricer != null),
				timing(place, price), resolve(place, price.description()), resolve(place, price.mimeType()));
		return new AnnotatedPrice(asked, pricer, this.terms, discoverable(place, price),
				this.free.ofMethod(place, name, resolve(place, price.freeFor()), price.freePerDay()));
	}

	private @Nullable RequestPricer pricer(String place, X402Price price) {
		if (price.priceFrom() == RequestPricer.class) {
			return null;
		}
		if (StringUtils.hasText(price.price()) || price.accepts().length > 0) {
			throw new InvalidX402ConfigurationException(place, "it has a price and a priceFrom",
					"Set only one of price, accepts and priceFrom.");
		}
		try {
			return this.beans.getBean(price.priceFrom());
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new InvalidX402ConfigurationException(place,
					"there is not exactly one bean of type " + price.priceFrom().getName(),
					"Set priceFrom to the type of one bean, such as a @Component.");
		}
	}

	private List<TermsDefinition> accepts(String place, X402Price price, boolean pricedLater) {
		List<TermsDefinition> accepts = new ArrayList<>();
		boolean changed = StringUtils
			.hasText(price.scheme() + price.network() + price.asset() + price.assetDecimals() + price.payTo());
		if (pricedLater || changed || StringUtils.hasText(price.price()) || price.accepts().length == 0) {
			accepts.add(terms(place, price.price(), price.scheme(), price.network(), price.asset(),
					price.assetDecimals(), price.payTo()));
		}
		for (int i = 0; i < price.accepts().length; i++) {
			X402Accept accept = price.accepts()[i];
			accepts.add(terms(place + ", accepts[" + i + "]", accept.price(), accept.scheme(), accept.network(),
					accept.asset(), accept.assetDecimals(), accept.payTo()));
		}
		return accepts;
	}

	private TermsDefinition terms(String place, String price, String scheme, String network, String asset,
			String decimals, String payTo) {
		return new TermsDefinition(place, resolve(place, price), resolve(place, scheme), resolve(place, network),
				resolve(place, asset), number(place, resolve(place, decimals)), resolve(place, payTo));
	}

	private static @Nullable Integer number(String place, @Nullable String text) {
		try {
			return (text != null) ? Integer.valueOf(text.trim()) : null;
		}
		catch (NumberFormatException ex) {
			throw new InvalidX402ConfigurationException(place, "assetDecimals '" + text + "' is not a number",
					"Set assetDecimals to the number that the asset's decimals() returns.");
		}
	}

	private static @Nullable SettlementTiming timing(String place, X402Price price) {
		if (price.settlement().length > 1) {
			throw new InvalidX402ConfigurationException(place, "it has more than one settlement timing",
					"Set settlement to one of AT_COMMIT, BEFORE_HANDLER, DURING_HANDLER and DEFERRED.");
		}
		return (price.settlement().length == 1) ? price.settlement()[0] : null;
	}

	private static @Nullable Boolean discoverable(String place, X402Price price) {
		if (price.discoverable().length > 1) {
			throw new InvalidX402ConfigurationException(place, "it has more than one value of discoverable",
					"Set discoverable to true or false, or leave it out.");
		}
		return (price.discoverable().length == 1) ? price.discoverable()[0] : null;
	}

	private @Nullable String resolve(String place, String text) {
		if (text.isEmpty()) {
			return null;
		}
		try {
			String resolved = this.beans.resolveEmbeddedValue(text);
			return StringUtils.hasText(resolved) ? resolved : null;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException(place, "the placeholder in '" + text + "' cannot be resolved",
					"Set the property that it names.");
		}
	}

}
