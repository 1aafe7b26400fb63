package io.github.x402sessions.servlet.webxml;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A parameter of {@code PaymentFilter} outside of code. Every parameter has three names:
 * that of the init parameter, of the environment variable and of the system property.
 */
public enum FilterParameter {

	/** Base URL of the facilitator. */
	FACILITATOR_URL("facilitatorUrl"),

	/** How long connecting to the facilitator may take. */
	CONNECT_TIMEOUT("connectTimeout"),

	/** How long a settlement may take in all. */
	READ_TIMEOUT("readTimeout"),

	/** How many payments may be verified at a time. */
	MAX_CONCURRENT_VERIFIES("maxConcurrentVerifies"),

	/** How many payments may be settled at a time. */
	MAX_CONCURRENT_SETTLES("maxConcurrentSettles"),

	/** Address that receives the payments. */
	PAY_TO("payTo"),

	/** Network that is paid on. */
	NETWORK("network"),

	/** Scheme that is asked for. */
	SCHEME("scheme"),

	/** Contract id of the asset that prices are in. */
	ASSET("asset"),

	/** Decimals of an asset other than USDC. */
	ASSET_DECIMALS("assetDecimals"),

	/** The {@code Authorization} header of calls to the facilitator. */
	FACILITATOR_AUTHORIZATION("facilitatorAuthorization"),

	/** Whether the start fails if the facilitator does not answer or support a route. */
	STRICT_START("strictStart"),

	/** Whether the facilitator is asked after the start if it knows the server. */
	START_CHECK("startCheck"),

	/** URL that clients reach the server at. */
	PUBLIC_BASE_URL("publicBaseUrl"),

	/** When routes are settled that do not say it themselves. */
	SETTLEMENT("settlement"),

	/** Whether payments have to have a payment identifier. */
	REQUIRE_IDENTIFIER("requireIdentifier"),

	/** Name of the service that sells. */
	SERVICE_NAME("serviceName"),

	/** What the service is about, in words. */
	SERVICE_TAGS("serviceTags"),

	/** URL of a picture of the service. */
	SERVICE_ICON_URL("serviceIconUrl"),

	/** How long answers are kept for clients that ask again. */
	ANSWER_RETENTION("answerRetention"),

	/** How much memory such answers may take, bytes. */
	ANSWER_MEMORY("answerMemory"),

	/** The container's limit of response headers, bytes. */
	MAX_RESPONSE_HEADER_SIZE("maxResponseHeaderSize"),

	/** How much of a response is held, bytes. */
	HOLD_BUDGET("holdBudget"),

	/** The longest payment header that is read, characters. */
	MAX_HEADER_LENGTH("maxHeaderLength"),

	/** Whether what runs behind the filter sees the payment headers. */
	KEEP_PAYMENT_HEADERS("keepPaymentHeaders"),

	/** Whether payers who sign have to sign for the body. */
	REQUIRE_SIGNED_BODY("requireSignedBody"),

	/** The longest signed body that is taken, bytes. */
	SIGNED_BODY_LIMIT("signedBodyLimit"),

	/** Whether people can pay on the page that browsers get with a 402. */
	PAGE_ENABLED("pageEnabled"),

	/** Who sells, on that page. */
	PAGE_NAME("pageName"),

	/** The picture on it. */
	PAGE_LOGO("pageLogo"),

	/** The colour of its buttons. */
	PAGE_ACCENT("pageAccent"),

	/** A devnet, whose faucet pays wallets that the page makes. */
	PAGE_DEVNET_URL("pageDevnetUrl"),

	/** The priced routes themselves. */
	ROUTES("routes"),

	/** Where the priced routes are. */
	ROUTES_FILE("routesFile");

	private final String initName;

	FilterParameter(String initName) {
		this.initName = initName;
	}

	static Optional<FilterParameter> of(String initName) {
		return Arrays.stream(values()).filter((parameter) -> parameter.initName.equals(initName)).findFirst();
	}

	static String names() {
		return Arrays.stream(values()).map(FilterParameter::initName).collect(Collectors.joining(", "));
	}

	/** Such as {@code facilitatorUrl}. */
	public String initName() {
		return this.initName;
	}

	/** Such as {@code X402_FACILITATOR_URL}. */
	public String environmentName() {
		return "X402_" + name();
	}

	/** Such as {@code x402.facilitator-url}. */
	public String propertyName() {
		return "x402." + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
