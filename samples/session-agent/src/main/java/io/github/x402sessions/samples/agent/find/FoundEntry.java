package io.github.x402sessions.samples.agent.find;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.x402sessions.client.discovery.FoundCall;
import io.github.x402sessions.client.discovery.FoundResource;
import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Something that was found, for programs. All words are the seller's.
 *
 * @param number its rank, from 1
 * @param type {@code http} or {@code mcp}
 * @param price what it was paid with last, a decimal: a hint
 * @param asset what the price is in
 * @param scheme how it was paid
 * @param network where
 * @param payTo who was paid
 * @param method the HTTP method of a request
 * @param tool the name of a tool
 * @param url the URL, with {@code :name} for each parameter of the path; of a tool that
 * of its MCP server
 * @param parameters the parameters of a request
 * @param bodyType the form of a request's body
 * @param example a body, or arguments of a tool, where it is not too long
 * @param inputSchema the JSON Schema of a tool's arguments, where it is not too long
 * @param description what it is
 * @param serviceName who sells it
 * @param tags what it is about
 * @param lastPaid when it was paid last
 * @param originAllowed whether the user allows its server to be asked and paid; absent
 * where that is not decided beforehand
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FoundEntry(int number, String type, String price, String asset, String scheme, String network,
		String payTo, @Nullable String method, @Nullable String tool, String url, List<FoundParameter> parameters,
		@Nullable String bodyType, @Nullable Object example, @Nullable Map<String, @Nullable Object> inputSchema,
		@Nullable String description, @Nullable String serviceName, @Nullable List<String> tags, String lastPaid,
		@Nullable Boolean originAllowed) {

	private static final int LONGEST = 8 * 1024;

	/**
	 * Show a result.
	 * @param number its rank, from 1
	 * @param found the result
	 * @param asset what its terms are in
	 * @param originAllowed whether its server may be asked and paid; {@code null} where
	 * that is not decided beforehand
	 */
	public static FoundEntry of(int number, FoundResource found, Asset asset, @Nullable Boolean originAllowed) {
		DiscoveredResource listing = found.listing();
		FoundCall call = found.call();
		PaymentRequirements terms = cheapest(found);
		return new FoundEntry(number, listing.type(), asset.toDecimal(terms.baseUnits()), asset.symbol(),
				terms.scheme(), terms.network(), terms.payTo(), call.isTool() ? null : call.name(),
				call.isTool() ? call.name() : null, call.url(),
				call.parameters().stream().map(FoundParameter::of).toList(), call.bodyType(), brief(call.example()),
				brief(call.inputSchema()), listing.description(), listing.serviceName(), listing.tags(),
				listing.lastUpdated(), originAllowed);
	}

	/** The rest of what a seller has to say is left out. */
	private static <T> @Nullable T brief(@Nullable T value) {
		return (value != null && WireJson.write(value).length <= LONGEST) ? value : null;
	}

	static PaymentRequirements cheapest(FoundResource found) {
		return found.terms()
			.stream()
			.min((one, other) -> one.baseUnits().compareTo(other.baseUnits()))
			.orElseThrow(() -> new IllegalArgumentException("there are no terms"));
	}

}
