package io.github.x402sessions.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Names the resource that is for sale.
 *
 * @param url the absolute URL of the resource
 * @param description what it is, for people; optional
 * @param mimeType the media type of its answer; optional
 */
public record ResourceInfo(String url, @Nullable String description, @Nullable String mimeType) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if {@code url} is missing or empty
	 */
	public ResourceInfo {
		Required.text(url, "resource.url");
	}

}
