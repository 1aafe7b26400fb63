package io.github.x402sessions.core.protocol;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * Names the resource that is for sale.
 *
 * @param url the absolute URL of the resource
 * @param description what it is, for people; optional
 * @param mimeType the media type of its answer; optional
 * @param others members that this version does not know, passed on as they came
 */
public record ResourceInfo(String url, @Nullable String description, @Nullable String mimeType,
		@JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> others) {

	/**
	 * Check the required fields.
	 * @throws MalformedMessageException if {@code url} is missing or empty
	 */
	public ResourceInfo {
		Required.text(url, "resource.url");
		others = Required.map(others);
	}

	/**
	 * Name a resource.
	 * @param url the absolute URL of the resource
	 * @param description what it is, for people, or {@code null}
	 * @param mimeType the media type of its answer, or {@code null}
	 */
	public ResourceInfo(String url, @Nullable String description, @Nullable String mimeType) {
		this(url, description, mimeType, Map.of());
	}

	/**
	 * Change the URL.
	 * @param url the absolute URL of the resource
	 * @return a changed resource
	 */
	public ResourceInfo withUrl(String url) {
		return new ResourceInfo(url, this.description, this.mimeType, this.others);
	}

}
