package io.github.x402sessions.servlet.webxml;

import java.net.URI;

import io.github.x402sessions.core.challenge.InvalidPageException;
import io.github.x402sessions.core.challenge.PayPage;

/**
 * Reads how the page looks that browsers get with a 402.
 */
public final class PageParameters {

	private PageParameters() {
	}

	/**
	 * Read the page.
	 * @param parameters all parameters
	 * @return the page
	 * @throws InvalidParameterException if one of its parameters is wrong
	 */
	public static PayPage read(FilterParameters parameters) {
		boolean enabled = parameters.find(FilterParameter.PAGE_ENABLED).map(FilterValue::truth).orElse(true);
		try {
			return new PayPage(enabled, parameters.text(FilterParameter.PAGE_NAME),
					parameters.text(FilterParameter.PAGE_LOGO), parameters.text(FilterParameter.PAGE_ACCENT),
					parameters.find(FilterParameter.PAGE_DEVNET_URL).map(PageParameters::url).orElse(null));
		}
		catch (InvalidPageException ex) {
			throw new InvalidParameterException(parameters.name(parameter(ex)), String.valueOf(ex.getMessage()),
					ex.remedy());
		}
	}

	/** What is no URL is one that no page can call. */
	private static URI url(FilterValue value) {
		try {
			return URI.create(value.text());
		}
		catch (IllegalArgumentException ex) {
			return URI.create("");
		}
	}

	private static FilterParameter parameter(InvalidPageException ex) {
		return switch (ex.setting()) {
			case NAME -> FilterParameter.PAGE_NAME;
			case LOGO -> FilterParameter.PAGE_LOGO;
			case ACCENT -> FilterParameter.PAGE_ACCENT;
			case DEVNET_URL -> FilterParameter.PAGE_DEVNET_URL;
		};
	}

}
