package io.github.x402sessions.servlet;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.servlet.idempotency.ResponseStore;
import io.github.x402sessions.servlet.request.ResourceUrl;
import io.github.x402sessions.servlet.webxml.FilterParameter;
import io.github.x402sessions.servlet.webxml.FilterParameters;
import io.github.x402sessions.servlet.webxml.FilterValue;
import io.github.x402sessions.servlet.webxml.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/**
 * Those of the {@link FilterParameters} that are options of a
 * {@link PaymentFilterBuilder}.
 */
final class WebXmlOptions {

	private static final int SMALLEST_HEADER_SIZE = 1024;

	private final Optional<Integer> holdBudget;

	private final Optional<Integer> maxResponseHeaderSize;

	private final boolean strictStart;

	private final boolean keepPaymentHeaders;

	private final @Nullable URI publicBaseUrl;

	private final ResponseStore responseStore;

	/**
	 * Read the options.
	 * @throws InvalidParameterException if one is wrong
	 */
	WebXmlOptions(FilterParameters parameters) {
		this.holdBudget = parameters.find(FilterParameter.HOLD_BUDGET).map((value) -> value.number(0));
		this.maxResponseHeaderSize = parameters.find(FilterParameter.MAX_RESPONSE_HEADER_SIZE)
			.map((value) -> value.number(SMALLEST_HEADER_SIZE));
		this.strictStart = parameters.find(FilterParameter.STRICT_START).map(FilterValue::truth).orElse(false);
		this.keepPaymentHeaders = parameters.find(FilterParameter.KEEP_PAYMENT_HEADERS)
			.map(FilterValue::truth)
			.orElse(false);
		this.publicBaseUrl = parameters.find(FilterParameter.PUBLIC_BASE_URL).map(WebXmlOptions::url).orElse(null);
		this.responseStore = ResponseStore.inMemory(retention(parameters), memory(parameters));
	}

	private static Duration retention(FilterParameters parameters) {
		return parameters.find(FilterParameter.ANSWER_RETENTION)
			.map(FilterValue::duration)
			.orElse(ResponseStore.DEFAULT_RETENTION);
	}

	private static long memory(FilterParameters parameters) {
		return parameters.find(FilterParameter.ANSWER_MEMORY)
			.map((value) -> (long) value.number(1))
			.orElse(ResponseStore.DEFAULT_MAX_BYTES);
	}

	private static URI url(FilterValue value) {
		try {
			URI url = URI.create(value.text());
			ResourceUrl.on(url);
			return url;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidParameterException(value.name(),
					"'" + FacilitatorOptions.withoutSecrets(value.text()) + "' is not a URL of a server",
					"Set it to an absolute http or https URL, such as https://shop.example");
		}
	}

	PaymentFilterBuilder apply(PaymentFilterBuilder builder) {
		this.holdBudget.ifPresent(builder::holdBudget);
		this.maxResponseHeaderSize.ifPresent(builder::maxResponseHeaderSize);
		if (this.publicBaseUrl != null) {
			builder.publicBaseUrl(this.publicBaseUrl);
		}
		return builder.strictStart(this.strictStart)
			.keepPaymentHeaders(this.keepPaymentHeaders)
			.responseStore(this.responseStore);
	}

}
