package io.github.x402sessions.spring.route;

import java.net.URI;
import java.util.Locale;

import io.github.x402sessions.core.challenge.InvalidPageException;
import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The page that browsers get with a 402, as the properties describe it.
 */
public final class ConfiguredPage {

	private ConfiguredPage() {
	}

	/**
	 * Read the page.
	 * @param properties the configuration
	 * @return the page
	 * @throws InvalidX402ConfigurationException if it is wrong
	 */
	public static PayPage of(X402Properties properties) {
		X402Properties.PaymentPage page = properties.page();
		String name = StringUtils.hasText(page.name()) ? page.name() : properties.service().name();
		try {
			return new PayPage(page.enabled(), text(name), text(page.logo()), text(page.accent()),
					url(text(page.devnetUrl())));
		}
		catch (InvalidPageException ex) {
			String property = "x402.page." + ex.setting().name().toLowerCase(Locale.ROOT).replace('_', '-');
			throw new InvalidX402ConfigurationException(property, String.valueOf(ex.getMessage()), ex.remedy() + ".");
		}
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value : null;
	}

	/** What is no URL is one that no page can call. */
	private static @Nullable URI url(@Nullable String value) {
		try {
			return (value != null) ? URI.create(value) : null;
		}
		catch (IllegalArgumentException ex) {
			return URI.create("");
		}
	}

}
