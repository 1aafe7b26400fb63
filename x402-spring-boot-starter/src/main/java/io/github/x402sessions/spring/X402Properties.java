package io.github.x402sessions.spring;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the payments that an application asks for.
 *
 * @param enabled whether priced routes are charged; without, they are free
 * @param payTo address that receives the payments
 * @param network network that payments are made on, as a CAIP-2 id
 * @param scheme payment scheme that is asked for
 * @param asset contract id of the asset that prices are in; by default the network's USDC
 * @param assetDecimals number of decimals of an asset other than USDC
 * @param facilitator facilitator that verifies and settles
 * @param routes priced routes besides the methods annotated with X402Price
 * @param publicBaseUrl URL that clients reach this server at; by default what the request
 * says
 */
@ConfigurationProperties("x402")
public record X402Properties(@DefaultValue("true") boolean enabled, @Nullable String payTo,
		@DefaultValue("stellar:testnet") String network, @DefaultValue("session") String scheme, @Nullable String asset,
		@Nullable Integer assetDecimals, @DefaultValue Facilitator facilitator, @DefaultValue List<Route> routes,
		@Nullable String publicBaseUrl) {

	/**
	 * The facilitator.
	 *
	 * @param url base URL of the facilitator, absolute, http or https
	 * @param connectTimeout how long connecting may take
	 * @param readTimeout how long settling may take in all; verifying waits for at most
	 * 10 seconds of it
	 * @param strictStart whether the start fails if the facilitator does not answer or
	 * does not support a route's scheme and network
	 */
	public record Facilitator(@Nullable String url, @DefaultValue("2s") Duration connectTimeout,
			@DefaultValue("60s") Duration readTimeout, @DefaultValue("false") boolean strictStart) {
	}

	/**
	 * A priced route.
	 *
	 * @param path path pattern in Spring's syntax, within the context path
	 * @param method HTTP method that is charged; by default all; a CORS preflight never
	 * is
	 * @param price price of a call in whole tokens, as a decimal
	 * @param description what is sold, for people
	 * @param mimeType media type of the answer
	 */
	public record Route(@Nullable String path, @Nullable String method, @Nullable String price,
			@Nullable String description, @Nullable String mimeType) {
	}

}
