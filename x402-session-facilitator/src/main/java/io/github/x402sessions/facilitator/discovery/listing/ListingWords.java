package io.github.x402sessions.facilitator.discovery.listing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.bazaar.DiscoveredResource;
import org.jspecify.annotations.Nullable;

/**
 * The words that a listing is found by, in the order in which they count. They are plain
 * words with a blank between any two, so that all databases split them alike.
 *
 * @param name of the service and the tool
 * @param tags what it is about
 * @param path of the URL, without its parameters
 * @param description of the resource and the tool
 * @param parameters their names and descriptions, in and out
 */
public record ListingWords(String name, String tags, String path, String description, String parameters) {

	/** The most characters of one of these. */
	private static final int LONGEST = 2_000;

	private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

	private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

	private static final Set<String> NO_PARAMETERS = Set.of("type", "method", "bodytype", "input", "output", "example",
			"properties", "json", "http", "mcp");

	private static final int DEEPEST = 6;

	/**
	 * Return the words of a listing.
	 * @param shown what everybody sees of it
	 * @return its words
	 */
	public static ListingWords of(DiscoveredResource shown) {
		StringJoiner name = new StringJoiner(" ");
		StringJoiner description = new StringJoiner(" ");
		StringJoiner parameters = new StringJoiner(" ");
		add(name, shown.serviceName());
		add(description, shown.description());
		shown.declaration().ifPresent((declaration) -> {
			if (declaration.info().get("input") instanceof Map<?, ?> input) {
				add(name, input.get("toolName"));
				add(description, input.get("description"));
				List.of("queryParams", "pathParams", "body", "example")
					.forEach((member) -> names(input.get(member), parameters, 0));
				described(input.get("inputSchema"), parameters, 0);
			}
			if (declaration.info().get("output") instanceof Map<?, ?> output) {
				names(output.get("example"), parameters, 0);
			}
			described(declaration.schema(), parameters, 0);
		});
		List<String> tags = shown.tags();
		return new ListingWords(words(name.toString()), words((tags != null) ? String.join(" ", tags) : ""),
				words(path(shown)), words(description.toString()), words(parameters.toString()));
	}

	/**
	 * Return the words of a text.
	 * @param text a text
	 * @return its words in lower case, with a blank between any two
	 */
	public static String words(String text) {
		String some = text.substring(0, Math.min(text.length(), LONGEST));
		return NO_WORD.matcher(CAMEL.matcher(some).replaceAll(" ")).replaceAll(" ").trim().toLowerCase(Locale.ROOT);
	}

	/** The host tells as much as the path: weather.example/oslo. */
	private static String path(DiscoveredResource shown) {
		String path = shown.resource().replaceFirst("^https?://", "").replaceFirst("(?<=[^/]):[0-9]+", "");
		return BazaarDeclaration.MCP.equals(shown.type()) ? path.replaceFirst("/.*", "") : path.replaceAll("/:", "/");
	}

	private static void names(@Nullable Object value, StringJoiner words, int depth) {
		if (depth > DEEPEST || words.length() > LONGEST) {
			return;
		}
		if (value instanceof Map<?, ?> map) {
			map.forEach((name, child) -> {
				add(words, name);
				names(child, words, depth + 1);
			});
		}
		else if (value instanceof List<?> list && !list.isEmpty()) {
			names(list.get(0), words, depth + 1);
		}
	}

	/** Names of properties, and what is written about them. */
	private static void described(@Nullable Object schema, StringJoiner words, int depth) {
		if (depth > 2 * DEEPEST || words.length() > LONGEST || !(schema instanceof Map<?, ?> map)) {
			return;
		}
		add(words, map.get("description"));
		if (map.get("properties") instanceof Map<?, ?> properties) {
			Set<Object> names = new LinkedHashSet<>(properties.keySet());
			names.removeIf((name) -> NO_PARAMETERS.contains(String.valueOf(name).toLowerCase(Locale.ROOT)));
			names.forEach((name) -> add(words, name));
			properties.values().forEach((property) -> described(property, words, depth + 1));
		}
		described(map.get("items"), words, depth + 1);
	}

	private static void add(StringJoiner words, @Nullable Object value) {
		if (value instanceof String text && words.length() <= LONGEST) {
			words.add(text);
		}
	}

}
