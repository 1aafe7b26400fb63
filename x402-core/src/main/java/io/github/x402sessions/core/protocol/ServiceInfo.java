package io.github.x402sessions.core.protocol;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names who sells a resource, for catalogues and wallets: members of x402's
 * {@code resource} that all of a seller's resources have in common. Immutable.
 *
 * @param name the service's name, 1 to 32 printable ASCII characters; optional
 * @param tags what it is about, up to 5 words of 1 to 32 printable ASCII characters
 * @param iconUrl an absolute http or https URL of a picture; optional
 */
public record ServiceInfo(@Nullable String name, List<String> tags, @Nullable String iconUrl) {

	/** Says nothing of who sells. */
	public static final ServiceInfo NONE = new ServiceInfo(null, List.of(), null);

	private static final String NAME = "serviceName";

	private static final String TAGS = "tags";

	private static final String ICON_URL = "iconUrl";

	private static final int MAX_TAGS = 5;

	private static final int MAX_URL_LENGTH = 512;

	private static final Pattern SHORT_TEXT = Pattern.compile("[\\x20-\\x7E]{1,32}");

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if one is out of range; the message names it
	 */
	public ServiceInfo {
		tags = List.copyOf(tags);
		if (name != null && !isShortText(name)) {
			throw new IllegalArgumentException("the service's name must be 1 to 32 printable ASCII characters");
		}
		if (!areTags(tags)) {
			throw new IllegalArgumentException(
					"the service's tags must be at most 5, each of 1 to 32 printable ASCII characters");
		}
		if (iconUrl != null && !isUrl(iconUrl)) {
			throw new IllegalArgumentException(
					"the service's icon URL must be an absolute http or https URL of at most 512 characters");
		}
	}

	/**
	 * Read who sells a resource. What is odd is left out: it is no reason not to pay.
	 * @param resource the resource of a challenge
	 * @return who sells it, {@link #NONE} if it does not say
	 */
	public static ServiceInfo of(ResourceInfo resource) {
		Map<String, @Nullable Object> members = resource.others();
		String name = (members.get(NAME) instanceof String text && isShortText(text)) ? text : null;
		String icon = (members.get(ICON_URL) instanceof String text && isUrl(text)) ? text : null;
		List<String> tags = (members.get(TAGS) instanceof List<?> list && areTags(list))
				? list.stream().map(String::valueOf).toList() : List.of();
		return new ServiceInfo(name, tags, icon);
	}

	/**
	 * Say who sells a resource.
	 * @param resource the resource
	 * @return the resource that says so
	 */
	public ResourceInfo in(ResourceInfo resource) {
		if (equals(NONE)) {
			return resource;
		}
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put(NAME, this.name);
		members.put(TAGS, this.tags.isEmpty() ? null : this.tags);
		members.put(ICON_URL, this.iconUrl);
		members.values().removeIf(Objects::isNull);
		members.putAll(resource.others());
		return new ResourceInfo(resource.url(), resource.description(), resource.mimeType(), members);
	}

	private static boolean areTags(List<?> tags) {
		return tags.size() <= MAX_TAGS
				&& tags.stream().allMatch((tag) -> tag instanceof String text && isShortText(text));
	}

	private static boolean isShortText(String text) {
		return SHORT_TEXT.matcher(text).matches();
	}

	private static boolean isUrl(String text) {
		try {
			URI url = URI.create(text);
			return text.length() <= MAX_URL_LENGTH && url.getHost() != null
					&& ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
