package io.github.x402sessions.core.bazaar;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a facilitator's catalogue. All its texts are those of sellers: data to
 * show, never instructions.
 *
 * @param resource the URL, where the path has parameters with {@code :name} in place of
 * each
 * @param type {@link BazaarDeclaration#HTTP} or {@link BazaarDeclaration#MCP}
 * @param x402Version the version of the protocol, 2
 * @param accepts the terms at which it was paid
 * @param lastUpdated when it was paid last, as ISO 8601
 * @param description what it is, for people; optional
 * @param mimeType the media type of its answer; optional
 * @param serviceName who sells it; optional
 * @param tags what it is about; optional
 * @param iconUrl a picture of the service; optional
 * @param extensions the declaration that it was paid with, as {@code bazaar}; optional
 */
public record DiscoveredResource(String resource, String type, int x402Version, List<PaymentRequirements> accepts,
		String lastUpdated, @Nullable String description, @Nullable String mimeType, @Nullable String serviceName,
		@Nullable List<String> tags, @Nullable String iconUrl, @Nullable Map<String, @Nullable Object> extensions) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if one is missing
	 */
	public DiscoveredResource {
		require(resource, "resource");
		require(type, "type");
		require(lastUpdated, "lastUpdated");
		accepts = (accepts != null) ? List.copyOf(accepts) : List.of();
		tags = (tags != null) ? List.copyOf(tags) : null;
	}

	private static void require(@Nullable String value, String name) {
		if (value == null) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
	}

	/**
	 * Say at which terms it was paid, and when.
	 * @param accepts the terms
	 * @param lastUpdated when it was paid last, as ISO 8601
	 * @return a changed entry
	 */
	public DiscoveredResource paid(List<PaymentRequirements> accepts, String lastUpdated) {
		return new DiscoveredResource(this.resource, this.type, this.x402Version, accepts, lastUpdated,
				this.description, this.mimeType, this.serviceName, this.tags, this.iconUrl, this.extensions);
	}

	/**
	 * Return the declaration that it was paid with.
	 * @return the declaration, or empty if the catalogue shows none
	 */
	public Optional<BazaarDeclaration> declaration() {
		return BazaarDeclaration.of(this.extensions);
	}

}
