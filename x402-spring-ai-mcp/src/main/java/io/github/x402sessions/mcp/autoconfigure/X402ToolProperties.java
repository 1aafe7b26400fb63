package io.github.x402sessions.mcp.autoconfigure;

import java.util.List;

import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.spring.TermsDefinition;
import io.github.x402sessions.spring.X402Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the tools that an application charges for over MCP.
 *
 * @param tools priced tools besides the methods annotated with McpTool and X402Price
 * @param mcp the server that has the tools
 */
@ConfigurationProperties("x402")
public record X402ToolProperties(@DefaultValue List<Tool> tools, @DefaultValue Mcp mcp) {

	/**
	 * A priced tool. What it leaves out of its terms is what x402 says.
	 *
	 * @param name name of the tool, as the server lists it
	 * @param price price of a call in whole tokens, as a decimal
	 * @param scheme payment scheme
	 * @param network network as a CAIP-2 id
	 * @param asset contract id of the asset
	 * @param assetDecimals number of decimals of the asset
	 * @param payTo address that is paid
	 * @param accepts more ways to pay, the preferred first
	 * @param settlement when payments are settled
	 * @param description what is sold, for people
	 * @param mimeType media type of the result
	 * @param requireIdentifier whether payments have to have a payment identifier; by
	 * default what x402 says
	 */
	public record Tool(@Nullable String name, @Nullable String price, @Nullable String scheme, @Nullable String network,
			@Nullable String asset, @Nullable Integer assetDecimals, @Nullable String payTo,
			@DefaultValue List<X402Properties.Accept> accepts, @Nullable SettlementTiming settlement,
			@Nullable String description, @Nullable String mimeType, @Nullable Boolean requireIdentifier) {

		/** Return the ways to pay, as a route has them. */
		List<TermsDefinition> terms(String place) {
			return new X402Properties.Route(null, null, this.price, this.scheme, this.network, this.asset,
					this.assetDecimals, this.payTo, this.accepts, null, null, null, List.of(), null, null, null, 0)
				.terms(place);
		}

	}

	/**
	 * The MCP server.
	 *
	 * @param serverUrl URL that clients reach the MCP server at, which is what payers
	 * sign for; by default what the request says
	 */
	public record Mcp(@Nullable String serverUrl) {
	}

}
