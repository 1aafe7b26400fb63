package io.github.x402sessions.spring.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.github.x402sessions.core.facilitator.CompositeFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.facilitator.http.ExtensionListener;
import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.spring.CallBounds;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.X402Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Sets up the facilitators of {@link X402Properties}.
 */
final class FacilitatorSetup {

	private static final String FIRST = "x402.facilitator";

	private final X402Properties properties;

	private final CallBounds bounds;

	private final ExtensionListener extensions;

	/**
	 * Create a set-up.
	 * @param properties the properties
	 * @param requests how many requests the container handles at a time
	 * @param extensions hears what facilitators say of extensions
	 */
	FacilitatorSetup(X402Properties properties, int requests, ExtensionListener extensions) {
		this.properties = properties;
		this.extensions = extensions;
		this.bounds = CallBounds.within(requests / (1 + properties.facilitators().size()))
			.unless(properties.facilitator());
	}

	/**
	 * Check the URLs that are set, whether or not they will be used.
	 * @throws InvalidX402ConfigurationException if one is wrong
	 */
	void check() {
		if (StringUtils.hasText(this.properties.facilitator().url())) {
			options(FIRST, this.properties.facilitator().url());
		}
		for (int i = 0; i < this.properties.facilitators().size(); i++) {
			options(place(i), this.properties.facilitators().get(i).url());
		}
	}

	/**
	 * Set the facilitators up. Each is asked what it supports from its first use on, or
	 * by {@link #begin}.
	 * @throws InvalidX402ConfigurationException if there is none or one is wrong
	 */
	Facilitator create() {
		X402Properties.Facilitator first = this.properties.facilitator();
		List<FacilitatorEndpoint> endpoints = new ArrayList<>();
		if (StringUtils.hasText(first.url()) || this.properties.facilitators().isEmpty()) {
			endpoints.add(endpoint(FIRST, first.url(), first.publicUrl(), first.authorization()));
		}
		for (int i = 0; i < this.properties.facilitators().size(); i++) {
			X402Properties.FurtherFacilitator further = this.properties.facilitators().get(i);
			endpoints.add(endpoint(place(i), further.url(), further.publicUrl(), further.authorization()));
		}
		RefreshOptions refresh = refresh(first);
		List<RefreshingFacilitator> created = endpoints.stream()
			.map((endpoint) -> RefreshingFacilitator.create(endpoint, refresh))
			.toList();
		return (created.size() > 1) ? new CompositeFacilitator(created) : created.get(0);
	}

	/**
	 * Begin to ask facilitators, so that the first request need not wait for it.
	 * @param facilitator one or several of those that were set up here; any other is left
	 * alone
	 */
	static void begin(Facilitator facilitator) {
		if (facilitator instanceof RefreshingFacilitator refreshing) {
			refreshing.begin();
		}
		else if (facilitator instanceof CompositeFacilitator composite) {
			composite.delegates().forEach(FacilitatorSetup::begin);
		}
	}

	private static String place(int index) {
		return "x402.facilitators[" + index + "]";
	}

	private FacilitatorEndpoint endpoint(String place, @Nullable String url, @Nullable String publicUrl,
			@Nullable String authorization) {
		if (!StringUtils.hasText(url)) {
			throw new InvalidX402ConfigurationException(place + ".url", "no facilitator to verify and settle",
					"Set " + place + ".url to the base URL of a facilitator, or declare a Facilitator bean.");
		}
		FacilitatorOptions options = authorized(place, timed(options(place, url)), authorization);
		String shown = StringUtils.hasText(publicUrl) ? options(place + ".public-url", publicUrl).url().toString()
				: options.url().toString();
		return new FacilitatorEndpoint(options.url().toString(), shown, options.connect(this.extensions));
	}

	private static FacilitatorOptions authorized(String place, FacilitatorOptions options,
			@Nullable String authorization) {
		try {
			return StringUtils.hasText(authorization) ? options.withAuthorization(authorization) : options;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException(place + ".authorization", "it cannot be sent as a header",
					"Set " + place + ".authorization to a header's value, such as Bearer and a token.");
		}
	}

	private FacilitatorOptions timed(FacilitatorOptions options) {
		X402Properties.Facilitator times = this.properties.facilitator();
		try {
			return options.withConnectTimeout(times.connectTimeout())
				.withReadTimeout(times.readTimeout())
				.withMaxConcurrentVerifies(this.bounds.verifies())
				.withMaxConcurrentSettles(this.bounds.settles());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException(FIRST, String.valueOf(ex.getMessage()),
					"Set x402.facilitator.connect-timeout and x402.facilitator.read-timeout to positive durations, "
							+ "such as 2s, and x402.facilitator.max-concurrent-verifies and "
							+ "x402.facilitator.max-concurrent-settles to positive numbers.");
		}
	}

	private static RefreshOptions refresh(X402Properties.Facilitator facilitator) {
		try {
			return RefreshOptions.defaults()
				.withInterval(facilitator.refreshInterval())
				.withMaxWait(facilitator.startWait());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException(FIRST, String.valueOf(ex.getMessage()),
					"Set x402.facilitator.refresh-interval to a positive duration, such as 5m, and "
							+ "x402.facilitator.start-wait to one that is not negative.");
		}
	}

	private static FacilitatorOptions options(String place, @Nullable String url) {
		String property = place.endsWith("url") ? place : place + ".url";
		try {
			return FacilitatorOptions.of(URI.create(String.valueOf(url)));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidX402ConfigurationException(property,
					"'" + FacilitatorOptions.withoutSecrets(String.valueOf(url)) + "' is not a URL that can be called",
					"Set " + property + " to an absolute http or https URL without a user, such as "
							+ "http://localhost:4021.");
		}
	}

}
