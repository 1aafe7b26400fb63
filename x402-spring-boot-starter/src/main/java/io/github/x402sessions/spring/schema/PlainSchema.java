package io.github.x402sessions.spring.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Makes a plain schema of any other: references and alternatives are resolved or left
 * open, depth, breadth and texts are limited, and of its rules only those are kept that
 * every validator reads alike and that an example is found for. It asks for less than the
 * original, never for more. Not thread-safe.
 */
public final class PlainSchema {

	private static final int MAX_DEPTH = 6;

	private static final int MAX_PROPERTIES = 32;

	private static final int MAX_VALUES = 32;

	private static final int MAX_DESCRIPTION = 120;

	private static final int MAX_NAME = 64;

	private static final Set<String> TYPES = Set.of("object", "array", "string", "boolean", "integer", "number",
			"null");

	/** The last two are OpenAPI's, and tell examples what to look like. */
	private static final Set<String> FORMATS = Set.of("date", "date-time", "time", "duration", "uuid", "email", "uri",
			"byte", "binary");

	private static final List<String> NUMBERS = List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

	private static final List<String> COUNTS = List.of("minLength", "maxLength", "minItems", "maxItems");

	private static final List<List<String>> REMOVABLE = List.of(List.of("pattern"), NUMBERS, COUNTS,
			List.of("enum", "const"));

	private final Function<String, @Nullable Object> references;

	private final String hidden;

	private final List<String> open = new ArrayList<>();

	private PlainSchema(Function<String, @Nullable Object> references, String hidden) {
		this.references = references;
		this.hidden = hidden;
	}

	/**
	 * Make a plain schema of what is taken.
	 * @param schema the schema
	 * @param references finds what a {@code $ref} means, or {@code null}
	 * @return a schema that can be changed
	 */
	public static Map<String, Object> input(@Nullable Object schema, Function<String, @Nullable Object> references) {
		return new PlainSchema(references, "readOnly").plain(schema);
	}

	/**
	 * Make a plain schema of what is returned.
	 * @param schema the schema
	 * @param references finds what a {@code $ref} means, or {@code null}
	 * @return a schema that can be changed
	 */
	public static Map<String, Object> output(@Nullable Object schema, Function<String, @Nullable Object> references) {
		return new PlainSchema(references, "writeOnly").plain(schema);
	}

	/**
	 * Return a plain schema as it is told to others: without examples, which are told
	 * beside it.
	 * @param schema the schema
	 * @param described whether descriptions are told
	 * @param depth how deep it is told, schemas within schemas, 0 for its type alone
	 * @return a new schema
	 */
	public static Map<String, Object> written(Map<?, ?> schema, boolean described, int depth) {
		Map<String, Object> written = new LinkedHashMap<>();
		schema.forEach((keyword, value) -> {
			String name = String.valueOf(keyword);
			if (name.equals("examples") || (name.equals("format") && ("byte".equals(value) || "binary".equals(value)))
					|| (name.equals("description") && !described)) {
				return;
			}
			if (value instanceof Map<?, ?> nested) {
				if (depth > 0) {
					written.put(name, name.equals("properties") ? each(nested, described, depth - 1)
							: written(nested, described, depth - 1));
				}
			}
			else if (depth > 0 || name.equals("type")) {
				written.put(name, value);
			}
		});
		return written;
	}

	private static Map<String, Object> each(Map<?, ?> properties, boolean described, int depth) {
		Map<String, Object> written = new LinkedHashMap<>();
		properties.forEach((name, schema) -> written.put(String.valueOf(name),
				(schema instanceof Map<?, ?> rules) ? written(rules, described, depth) : schema));
		return written;
	}

	private Map<String, Object> plain(@Nullable Object schema) {
		if (!(schema instanceof Map<?, ?> rules) || this.open.size() > MAX_DEPTH) {
			return new LinkedHashMap<>();
		}
		String reference = (rules.get("$ref") instanceof String text) ? text : "";
		if (!reference.isEmpty() && this.open.contains(reference)) {
			return new LinkedHashMap<>();
		}
		this.open.add(reference);
		try {
			return reference.isEmpty() ? fitted(merged(rules))
					: described(plain(this.references.apply(reference)), rules);
		}
		finally {
			this.open.remove(this.open.size() - 1);
		}
	}

	/** What stands beside a reference is said of this place. */
	private static Map<String, Object> described(Map<String, Object> target, Map<?, ?> place) {
		putText(target, "description", place.get("description"));
		return target;
	}

	private Map<String, Object> merged(Map<?, ?> rules) {
		Map<String, Object> plain = copied(rules);
		for (String alternatives : List.of("oneOf", "anyOf")) {
			if (rules.get(alternatives) instanceof List<?> list) {
				List<?> some = list.stream().filter((one) -> !isNull(one)).toList();
				if (some.size() == 1) {
					plain(some.get(0)).forEach(plain::putIfAbsent);
				}
			}
		}
		if (rules.get("allOf") instanceof List<?> parts) {
			parts.forEach((part) -> join(plain, plain(part)));
		}
		return plain;
	}

	private static boolean isNull(@Nullable Object schema) {
		return schema instanceof Map<?, ?> rules && "null".equals(rules.get("type"));
	}

	private static void join(Map<String, Object> whole, Map<String, Object> part) {
		part.forEach((keyword, value) -> {
			if (value instanceof Map<?, ?> more && whole.get(keyword) instanceof Map<?, ?> known) {
				Map<Object, Object> both = new LinkedHashMap<>(known);
				both.putAll(more);
				whole.put(keyword, both);
			}
			else {
				whole.putIfAbsent(keyword, value);
			}
		});
	}

	private Map<String, Object> copied(Map<?, ?> rules) {
		Map<String, Object> plain = new LinkedHashMap<>();
		Object type = type(rules.get("type"));
		if (type != null) {
			plain.put("type", type);
		}
		if (rules.get("format") instanceof String format && FORMATS.contains(format)) {
			plain.put("format", format);
		}
		putText(plain, "description", rules.get("description"));
		putValues(plain, rules);
		putNumbers(plain, rules);
		if (rules.get("pattern") instanceof String pattern && PortablePattern.matches(pattern)) {
			plain.put("pattern", pattern);
		}
		putExamples(plain, rules);
		if (rules.get("items") != null) {
			plain.put("items", plain(rules.get("items")));
		}
		putProperties(plain, rules);
		return plain;
	}

	private static @Nullable Object type(@Nullable Object type) {
		if (type instanceof List<?> several) {
			List<?> known = several.stream().filter(TYPES::contains).filter((one) -> !"null".equals(one)).toList();
			return (known.size() == 1) ? known.get(0) : null;
		}
		return (type instanceof String one && TYPES.contains(one)) ? one : null;
	}

	private static void putText(Map<String, Object> plain, String keyword, @Nullable Object value) {
		String text = (value instanceof String given) ? Texts.clean(given, MAX_DESCRIPTION) : "";
		if (!text.isEmpty() && !Texts.isConfigured(text)) {
			plain.put(keyword, text);
		}
	}

	private static void putValues(Map<String, Object> plain, Map<?, ?> rules) {
		if (rules.get("enum") instanceof List<?> values && !values.isEmpty() && values.size() <= MAX_VALUES
				&& values.stream().allMatch((value) -> value != null && Examples.isPortable(value))) {
			plain.put("enum", List.copyOf(values));
		}
		Object only = rules.get("const");
		if (only != null && Examples.isPortable(only)) {
			plain.put("const", only);
		}
	}

	/** OpenAPI 3.0 says with {@code true} that a bound is not a part of the range. */
	private static void putNumbers(Map<String, Object> plain, Map<?, ?> rules) {
		for (String keyword : NUMBERS) {
			if (rules.get(keyword) instanceof Number number && Examples.isPortable(number)) {
				String whole = keyword.equals("minimum") ? "exclusiveMinimum" : "exclusiveMaximum";
				boolean excluded = keyword.startsWith("m") && Boolean.TRUE.equals(rules.get(whole));
				plain.put(excluded ? whole : keyword, number);
			}
		}
		for (String keyword : COUNTS) {
			if (rules.get(keyword) instanceof Number number && number.longValue() >= 0
					&& number.longValue() <= Integer.MAX_VALUE) {
				plain.put(keyword, number.intValue());
			}
		}
	}

	private static void putExamples(Map<String, Object> plain, Map<?, ?> rules) {
		List<Object> examples = new ArrayList<>();
		if (rules.get("example") != null) {
			examples.add(Objects.requireNonNull(rules.get("example")));
		}
		if (rules.get("examples") instanceof List<?> several) {
			several.stream().filter(Objects::nonNull).forEach(examples::add);
		}
		if (rules.get("default") != null) {
			examples.add(Objects.requireNonNull(rules.get("default")));
		}
		if (!examples.isEmpty()) {
			plain.put("examples", examples);
		}
	}

	private void putProperties(Map<String, Object> plain, Map<?, ?> rules) {
		Map<String, Object> properties = new LinkedHashMap<>();
		if (rules.get("properties") instanceof Map<?, ?> all) {
			all.forEach((name, schema) -> {
				if (properties.size() < MAX_PROPERTIES && isName(name) && !isHidden(schema)) {
					properties.put(String.valueOf(name), plain(schema));
				}
			});
			plain.put("properties", properties);
		}
		if (rules.get("required") instanceof List<?> required) {
			List<?> known = required.stream().filter(properties::containsKey).distinct().toList();
			if (!known.isEmpty()) {
				plain.put("required", known);
			}
		}
		if (rules.get("additionalProperties") instanceof Map<?, ?> others && !others.isEmpty()) {
			plain.put("additionalProperties", plain(others));
		}
	}

	/** Others keep members of such a name as they are. */
	static boolean isName(@Nullable Object name) {
		return name instanceof String text && !text.isEmpty() && text.length() <= MAX_NAME
				&& text.equals(Texts.clean(text, MAX_NAME)) && !text.equals("__proto__");
	}

	private boolean isHidden(@Nullable Object schema) {
		return schema instanceof Map<?, ?> rules && Boolean.TRUE.equals(rules.get(this.hidden));
	}

	/** A rule that no example is found for is left out. */
	private static Map<String, Object> fitted(Map<String, Object> plain) {
		for (List<String> keywords : REMOVABLE) {
			if (Examples.of(plain) != null) {
				break;
			}
			keywords.forEach(plain::remove);
		}
		return plain;
	}

}
