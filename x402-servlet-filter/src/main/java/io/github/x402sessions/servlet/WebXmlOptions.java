package io.github.x402sessions.servlet;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.github.x402sessions.core.challenge.PayPage;
import io.github.x402sessions.core.challenge.ResourceUrl;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.servlet.webxml.FilterParameter;
import io.github.x402sessions.servlet.webxml.FilterParameters;
import io.github.x402sessions.servlet.webxml.FilterValue;
import io.github.x402sessions.servlet.webxml.InvalidParameterException;
import io.github.x402sessions.servlet.webxml.PageParameters;

/**
 * The {@link FilterParameters} that say how the filter works, apart from routes and
 * facilitator.
 *
 * @param holdBudget how much of a response is held, bytes
 * @param maxResponseHeaderSize how long the headers of a response may be, bytes
 * @param strictStart whether a route that cannot be paid fails the start
 * @param startCheck whether the facilitator is asked if it knows the server
 * @param keepPaymentHeaders whether handlers see the payment
 * @param requireSignedBody whether payers who sign have to sign for the body
 * @param signedBodyLimit how long a signed body may be, bytes
 * @param publicBaseUrl where clients reach the server, if it cannot know
 * @param page the page that browsers get with a 402
 * @param responseStore keeps answers for clients that ask again
 */
record WebXmlOptions(Optional<Integer> holdBudget, Optional<Integer> maxResponseHeaderSize, boolean strictStart,
		boolean startCheck, boolean keepPaymentHeaders, boolean requireSignedBody, Optional<Integer> signedBodyLimit,
		Optional<URI> publicBaseUrl, PayPage page, ResponseStore responseStore) {

	private static final int SMALLEST_HEADER_SIZE = 1024;

	/**
	 * Read the options.
	 * @throws InvalidParameterException if one is wrong
	 */
	static WebXmlOptions of(FilterParameters parameters) {
		return new WebXmlOptions(parameters.find(FilterParameter.HOLD_BUDGET).map((value) -> value.number(0)),
				parameters.find(FilterParameter.MAX_RESPONSE_HEADER_SIZE)
					.map((value) -> value.number(SMALLEST_HEADER_SIZE)),
				truth(parameters, FilterParameter.STRICT_START),
				parameters.find(FilterParameter.START_CHECK).map(FilterValue::truth).orElse(true),
				truth(parameters, FilterParameter.KEEP_PAYMENT_HEADERS),
				truth(parameters, FilterParameter.REQUIRE_SIGNED_BODY),
				parameters.find(FilterParameter.SIGNED_BODY_LIMIT).map((value) -> value.number(0)),
				parameters.find(FilterParameter.PUBLIC_BASE_URL).map(WebXmlOptions::url),
				PageParameters.read(parameters), ResponseStore.inMemory(retention(parameters), memory(parameters)));
	}

	private static boolean truth(FilterParameters parameters, FilterParameter name) {
		return parameters.find(name).map(FilterValue::truth).orElse(false);
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

}
