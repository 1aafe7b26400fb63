package io.github.x402sessions.servlet;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.github.x402sessions.core.facilitator.http.FacilitatorEndpoint;
import io.github.x402sessions.core.facilitator.http.FacilitatorOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshOptions;
import io.github.x402sessions.core.facilitator.refresh.RefreshingFacilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.gate.StartCheck;
import io.github.x402sessions.core.gate.UnpayableRouteException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.terms.ChargesTable;
import io.github.x402sessions.core.terms.CommonTerms;
import io.github.x402sessions.core.terms.InvalidTermsException;
import io.github.x402sessions.servlet.route.RouteTable;
import io.github.x402sessions.servlet.webxml.FilterParameter;
import io.github.x402sessions.servlet.webxml.FilterParameters;
import io.github.x402sessions.servlet.webxml.FilterRoutes;
import io.github.x402sessions.servlet.webxml.FilterValue;
import io.github.x402sessions.servlet.webxml.InvalidParameterException;
import io.github.x402sessions.servlet.webxml.MappingCheck;
import io.github.x402sessions.servlet.webxml.RouteDefaults;
import io.github.x402sessions.servlet.webxml.RouteLine;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets a filter up from its {@link FilterParameters}. Nothing is scanned and nothing is
 * asked of the facilitator yet; all that can be checked without it is checked.
 */
final class WebXmlSetup implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WebXmlSetup.class);

	private final FilterParameters parameters;

	private final FilterConfig config;

	private final RefreshingFacilitator facilitator;

	private final PaymentFlow flow;

	private WebXmlSetup(FilterParameters parameters, FilterConfig config) {
		this.parameters = parameters;
		this.config = config;
		FacilitatorOptions options = facilitator();
		RouteTable routes = routes(terms());
		int maxHeaderLength = number(FilterParameter.MAX_HEADER_LENGTH, 1).orElse(PaymentHeader.DEFAULT_MAX_LENGTH);
		WebXmlOptions flowOptions = WebXmlOptions.of(parameters);
		this.facilitator = RefreshingFacilitator.create(FacilitatorEndpoint.of(options), RefreshOptions.defaults());
		try {
			PaymentGate gate = new PaymentGate(this.facilitator, maxHeaderLength);
			this.facilitator.whenTold(() -> gate.tellSupport(routes.routes()));
			this.flow = flow(new PaymentFilterBuilder(gate, routes), flowOptions);
			tell(routes, flowOptions.startCheck());
			this.facilitator.begin();
		}
		catch (IllegalArgumentException ex) {
			this.facilitator.close();
			throw new InvalidParameterException(parameters.name(FilterParameter.MAX_RESPONSE_HEADER_SIZE),
					String.valueOf(ex.getMessage()),
					"Shorten the route's description, or raise the limits of the container and of this filter");
		}
		catch (UnpayableRouteException ex) {
			this.facilitator.close();
			throw new InvalidParameterException(parameters.name(FilterParameter.STRICT_START),
					String.valueOf(ex.getMessage()), "Start the facilitator first, or set it to false");
		}
	}

	private void tell(RouteTable routes, boolean asking) {
		List<RouteTable> prices = List.of(routes);
		ChargesTable charges = ChargesTable.of(prices);
		logger.info("Filter '{}' charges for {} by {}:{}", this.config.getFilterName(), charges.count(),
				this.facilitator.name(), charges);
		if (asking) {
			this.facilitator.whenTold(StartCheck.of(this.facilitator, this.facilitator, () -> prices));
		}
	}

	private static PaymentFlow flow(PaymentFilterBuilder builder, WebXmlOptions options) {
		options.holdBudget().ifPresent(builder::holdBudget);
		options.maxResponseHeaderSize().ifPresent(builder::maxResponseHeaderSize);
		options.signedBodyLimit().ifPresent(builder::signedBodyLimit);
		options.publicBaseUrl().ifPresent(builder::publicBaseUrl);
		return builder.strictStart(options.strictStart())
			.keepPaymentHeaders(options.keepPaymentHeaders())
			.requireSignedBody(options.requireSignedBody())
			.page(options.page())
			.responseStore(options.responseStore())
			.flow();
	}

	/**
	 * Read what a container's configuration describes.
	 * @param config the configuration
	 * @return the set-up, to be closed with the filter
	 * @throws ServletException if a parameter is missing or wrong; the message names the
	 * filter, the parameter, the problem and what to do
	 */
	static WebXmlSetup of(FilterConfig config) throws ServletException {
		return of(config, System::getProperty, System::getenv);
	}

	static WebXmlSetup of(FilterConfig config, Function<String, @Nullable String> properties,
			Function<String, @Nullable String> environment) throws ServletException {
		try {
			return new WebXmlSetup(new FilterParameters(config, properties, environment), config);
		}
		catch (InvalidParameterException ex) {
			throw new ServletException("Filter '" + config.getFilterName() + "' cannot charge. " + ex.getMessage(), ex);
		}
	}

	PaymentFlow flow() {
		return this.flow;
	}

	@Override
	public void close() {
		this.facilitator.close();
	}

	private RouteTable routes(CommonTerms terms) {
		List<RouteLine> lines = FilterRoutes.lines(this.parameters, this.config.getServletContext());
		MappingCheck.of(this.config).unreached(lines).forEach(logger::warn);
		return FilterRoutes.table(lines, terms, new RouteDefaults(this.parameters));
	}

	private FacilitatorOptions facilitator() {
		FilterValue url = this.parameters.find(FilterParameter.FACILITATOR_URL)
			.orElseThrow(() -> new InvalidParameterException(FilterParameter.FACILITATOR_URL.initName(),
					"no facilitator to verify and settle", "Set it to the base URL of a facilitator"));
		FacilitatorOptions options;
		try {
			options = FacilitatorOptions.of(URI.create(url.text()));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidParameterException(url.name(),
					"'" + FacilitatorOptions.withoutSecrets(url.text()) + "' is not a URL that can be called",
					"Set it to an absolute http or https URL, such as https://facilitator.example");
		}
		return authorized(options)
			.withConnectTimeout(this.parameters.find(FilterParameter.CONNECT_TIMEOUT)
				.map(FilterValue::duration)
				.orElse(options.connectTimeout()))
			.withReadTimeout(this.parameters.find(FilterParameter.READ_TIMEOUT)
				.map(FilterValue::duration)
				.orElse(options.readTimeout()))
			.withMaxConcurrentVerifies(
					number(FilterParameter.MAX_CONCURRENT_VERIFIES, 1).orElse(options.maxConcurrentVerifies()))
			.withMaxConcurrentSettles(
					number(FilterParameter.MAX_CONCURRENT_SETTLES, 1).orElse(options.maxConcurrentSettles()));
	}

	private FacilitatorOptions authorized(FacilitatorOptions options) {
		try {
			return options.withAuthorization(this.parameters.text(FilterParameter.FACILITATOR_AUTHORIZATION));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidParameterException(this.parameters.name(FilterParameter.FACILITATOR_AUTHORIZATION),
					"it cannot be sent as a header", "Set it to a scheme and its credentials, such as Bearer …");
		}
	}

	private CommonTerms terms() {
		String scheme = this.parameters.text(FilterParameter.SCHEME);
		String network = this.parameters.text(FilterParameter.NETWORK);
		try {
			return CommonTerms.of((scheme != null) ? scheme : CommonTerms.DEFAULT_SCHEME,
					(network != null) ? network : CommonTerms.DEFAULT_NETWORK,
					this.parameters.text(FilterParameter.ASSET), number(FilterParameter.ASSET_DECIMALS, 0).orElse(null),
					this.parameters.text(FilterParameter.PAY_TO));
		}
		catch (InvalidTermsException ex) {
			throw new InvalidParameterException(this.parameters.name(parameter(ex)), String.valueOf(ex.getMessage()),
					"Set it " + ex.remedy());
		}
	}

	private Optional<Integer> number(FilterParameter parameter, int minimum) {
		return this.parameters.find(parameter).map((value) -> value.number(minimum));
	}

	private static FilterParameter parameter(InvalidTermsException ex) {
		return switch (ex.setting()) {
			case SCHEME -> FilterParameter.SCHEME;
			case NETWORK -> FilterParameter.NETWORK;
			case ASSET -> FilterParameter.ASSET;
			case ASSET_DECIMALS -> FilterParameter.ASSET_DECIMALS;
			case PAY_TO -> FilterParameter.PAY_TO;
			case PRICE -> FilterParameter.ROUTES;
		};
	}

}
