package io.github.x402sessions.spring.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.x402sessions.core.protocol.MalformedMessageException;
import io.github.x402sessions.core.protocol.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * Makes values that fit schemas, by rule: the same schema has the same example. An
 * example that the schema brings comes first, if it fits. Whatever reads and writes JSON
 * keeps an example as it is: payments have to repeat it.
 */
public final class Examples {

	private static final int MAX_ITEMS = 3;

	private static final int MAX_TEXT = 200;

	/** Whole numbers beyond it are others after a JavaScript client has read them. */
	private static final BigDecimal MAX_NUMBER = new BigDecimal("9007199254740991");

	private static final int MAX_PRECISION = 15;

	private static final Map<String, String> BY_FORMAT = Map.ofEntries(Map.entry("date", "2026-01-31"),
			Map.entry("date-time", "2026-01-31T12:00:00Z"), Map.entry("time", "12:00:00"),
			Map.entry("duration", "PT1H"), Map.entry("uuid", "123e4567-e89b-12d3-a456-426614174000"),
			Map.entry("email", "someone@example.com"), Map.entry("uri", "https://example.com/"),
			Map.entry("byte", "AAAA"), Map.entry("binary", "(file)"));

	private static final List<String> TEXTS = List.of("text", "a", "A", "1", "abc", "ABC", "123", "abc123", "ABC123",
			"a-b", "AB", "ab", "12", "1234", "12345", "12345678", "1.0", "1.0.0", "2026-01-31", "+12345678901", "a_b");

	private Examples() {
	}

	/**
	 * Make a value.
	 * @param schema the schema: a map, or {@code true} for anything
	 * @return a value, or {@code null} if none is found that fits
	 */
	public static @Nullable Object of(@Nullable Object schema) {
		if (!(schema instanceof Map<?, ?> rules)) {
			return Boolean.FALSE.equals(schema) ? null : "text";
		}
		return candidates(rules).filter((value) -> SchemaFit.fits(rules, value)).findFirst().orElse(null);
	}

	/**
	 * Add an example to a schema.
	 * @param schema the schema
	 * @param text the example, which is JSON unless the schema wants a text
	 * @param first whether it comes before those that are there
	 */
	public static void offer(Map<String, Object> schema, String text, boolean first) {
		List<Object> examples = new ArrayList<>();
		values(schema.get("examples")).forEach(examples::add);
		examples.add(first ? 0 : examples.size(), "string".equals(schema.get("type")) ? text : parsed(text));
		schema.put("examples", examples);
	}

	private static Object parsed(String text) {
		try {
			return WireJson.read(text.getBytes(StandardCharsets.UTF_8), Object.class);
		}
		catch (MalformedMessageException ex) {
			return text;
		}
	}

	/**
	 * Tell whether a value is the same after others have read and written it as JSON.
	 * @param value a value of JSON
	 * @return whether it may be an example
	 */
	static boolean isPortable(@Nullable Object value) {
		if (value instanceof Number number) {
			return isPortable(number);
		}
		if (value instanceof String text) {
			return text.length() <= MAX_TEXT && text.equals(Texts.clean(text, MAX_TEXT)) && !Texts.isConfigured(text);
		}
		if (value instanceof List<?> list) {
			return list.size() <= MAX_ITEMS && list.stream().allMatch(Examples::isPortable);
		}
		return !(value instanceof Map<?, ?> members) || members.entrySet()
			.stream()
			.allMatch((member) -> !"__proto__".equals(member.getKey()) && isPortable(member.getValue()));
	}

	private static boolean isPortable(Number number) {
		try {
			BigDecimal decimal = SchemaFit.decimal(number).stripTrailingZeros();
			return decimal.abs().compareTo(MAX_NUMBER) <= 0 && decimal.precision() <= MAX_PRECISION + 1
					&& decimal.scale() <= MAX_PRECISION
					&& (decimal.scale() <= 0 || decimal.precision() <= MAX_PRECISION);
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	private static Stream<Object> candidates(Map<?, ?> rules) {
		Stream<Object> given = values(rules.get("examples")).filter(Examples::isPortable);
		Stream<Object> listed = rules.containsKey("const") ? Stream.ofNullable(rules.get("const"))
				: values(rules.get("enum"));
		return Stream.of(given, listed, byType(type(rules.get("type")), rules)).flatMap((each) -> each);
	}

	private static Stream<Object> values(@Nullable Object list) {
		return (list instanceof List<?> values) ? values.stream().map((value) -> (Object) value) : Stream.empty();
	}

	private static String type(@Nullable Object type) {
		if (type instanceof List<?> several) {
			return several.stream().map(String::valueOf).filter((one) -> !"null".equals(one)).findFirst().orElse("");
		}
		return String.valueOf(type);
	}

	private static Stream<Object> byType(String type, Map<?, ?> rules) {
		return switch (type) {
			case "object" -> Stream.of(object(rules));
			case "array" -> list(rules);
			case "string" -> texts(rules);
			case "boolean" -> Stream.of(true);
			case "integer" -> numbers(rules, 0);
			case "number" -> numbers(rules, 2);
			default -> Stream.of("text", Map.of());
		};
	}

	private static Map<String, Object> object(Map<?, ?> rules) {
		Map<String, Object> members = new LinkedHashMap<>();
		if (rules.get("properties") instanceof Map<?, ?> properties) {
			properties.forEach((name, schema) -> {
				Object value = of(schema);
				if (value != null) {
					members.put(String.valueOf(name), value);
				}
			});
		}
		return members;
	}

	private static Stream<Object> list(Map<?, ?> rules) {
		Object item = of(rules.getOrDefault("items", null));
		int least = (rules.get("minItems") instanceof Number min) ? Math.min(min.intValue(), MAX_ITEMS) : 1;
		Stream<Object> filled = (item != null) ? Stream.of(Collections.nCopies(Math.max(1, least), item))
				: Stream.empty();
		return Stream.concat(filled, Stream.of(List.of()));
	}

	private static Stream<Object> texts(Map<?, ?> rules) {
		List<String> texts = new ArrayList<>();
		String byFormat = BY_FORMAT.get(String.valueOf(rules.get("format")));
		if (byFormat != null) {
			texts.add(byFormat);
		}
		texts.addAll(TEXTS);
		int least = (rules.get("minLength") instanceof Number min) ? Math.min(min.intValue(), MAX_TEXT) : 0;
		if (least > 0) {
			List.of("text", "a", "A", "1", "ab1").forEach((part) -> texts.add(repeated(part, least)));
		}
		return texts.stream().map((text) -> (Object) text);
	}

	private static String repeated(String part, int length) {
		return part.repeat(length / part.length() + 1).substring(0, length);
	}

	private static Stream<Object> numbers(Map<?, ?> rules, int scale) {
		BigDecimal step = BigDecimal.ONE.movePointLeft(scale);
		Stream<BigDecimal> found = Stream
			.of(bound(rules, "minimum", scale, RoundingMode.CEILING),
					bound(rules, "exclusiveMinimum", scale, RoundingMode.FLOOR).map((least) -> least.add(step)),
					bound(rules, "maximum", scale, RoundingMode.FLOOR),
					bound(rules, "exclusiveMaximum", scale, RoundingMode.CEILING).map((most) -> most.subtract(step)))
			.flatMap((each) -> each);
		return Stream.concat(Stream.of((scale > 0) ? new BigDecimal("1.5") : BigDecimal.ONE, BigDecimal.TEN), found)
			.map((number) -> number(number))
			.filter(Examples::isPortable);
	}

	private static Stream<BigDecimal> bound(Map<?, ?> rules, String keyword, int scale, RoundingMode rounding) {
		return (rules.get(keyword) instanceof Number number)
				? Stream.of(SchemaFit.decimal(number).setScale(scale, rounding)) : Stream.empty();
	}

	/** As a reader of JSON would have it. */
	private static Object number(BigDecimal number) {
		BigDecimal plain = number.stripTrailingZeros();
		if (plain.scale() > 0) {
			return plain.doubleValue();
		}
		BigInteger whole = plain.toBigInteger();
		return (whole.bitLength() < Integer.SIZE) ? (Object) whole.intValue()
				: (whole.bitLength() < Long.SIZE) ? (Object) whole.longValue() : whole;
	}

}
