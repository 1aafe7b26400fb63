package io.github.x402sessions.facilitator.discovery.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.core.bazaar.PlainText;
import io.github.x402sessions.core.bazaar.PublicHost;
import org.jspecify.annotations.Nullable;

/**
 * The service that sells a resource, by the rules of the specification: a member that
 * breaks its rule is left out, and the rest stays.
 *
 * @param name what it is called; absent if it does not say or breaks the rule
 * @param tags what it is about, at most five
 * @param iconUrl its picture, with the host in ASCII
 */
record ServiceMetadata(@Nullable String name, List<String> tags, @Nullable String iconUrl) {

	private static final int MOST_TAGS = 5;

	private static final int LONGEST_URL = 2048;

	private static final Pattern SHORT = Pattern.compile("[\\x20-\\x7E]{1,32}");

	private static final Pattern ICON = Pattern
		.compile("(?i)(https?)://([^/?#\\\\@:\\[\\]]+)(:[0-9]{1,5})?([/?#][\\x21-\\x7E]*)?");

	/**
	 * Read it from what {@code resource} has beside its URL.
	 * @param members the members
	 * @return what is left of them
	 */
	static ServiceMetadata of(Map<String, @Nullable Object> members) {
		String name = isShort(members.get("serviceName")) ? plain((String) members.get("serviceName")) : null;
		return new ServiceMetadata(name, tags(members.get("tags")), iconUrl(members.get("iconUrl")));
	}

	private static List<String> tags(@Nullable Object value) {
		List<String> tags = new ArrayList<>();
		if (value instanceof List<?> list) {
			for (Object element : list) {
				String tag = isShort(element) ? plain((String) element) : null;
				if (tag != null && tags.size() < MOST_TAGS && tags.stream().noneMatch(tag::equalsIgnoreCase)) {
					tags.add(tag);
				}
			}
		}
		return List.copyOf(tags);
	}

	private static boolean isShort(@Nullable Object value) {
		return value instanceof String text && SHORT.matcher(text).matches();
	}

	/** Beyond the specification: no mark-up, and no blanks alone. */
	private static @Nullable String plain(@Nullable String text) {
		return PlainText.of(text, 32);
	}

	private static @Nullable String iconUrl(@Nullable Object value) {
		if (!(value instanceof String text) || text.length() > LONGEST_URL) {
			return null;
		}
		Matcher url = ICON.matcher(text);
		if (!url.matches()) {
			return null;
		}
		Optional<String> host = PublicHost.normalized(url.group(2));
		return host
			.map((name) -> url.group(1).toLowerCase(Locale.ROOT) + "://" + name + orEmpty(url.group(3))
					+ orEmpty(url.group(4)))
			.filter((icon) -> icon.chars().noneMatch((one) -> one == '<' || one == '>' || one == '"'))
			.orElse(null);
	}

	private static String orEmpty(@Nullable String part) {
		return (part != null) ? part : "";
	}

}
