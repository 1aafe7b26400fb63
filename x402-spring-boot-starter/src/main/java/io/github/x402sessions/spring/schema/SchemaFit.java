package io.github.x402sessions.spring.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether a value fits a schema of the kind that {@link PlainSchema} leaves:
 * without references and alternatives. Keywords that it does not know say nothing.
 */
public final class SchemaFit {

	private SchemaFit() {
	}

	/**
	 * Compare a value with a schema.
	 * @param schema the schema: a map, or {@code true} for anything
	 * @param value a value of JSON
	 * @return whether it fits
	 */
	public static boolean fits(@Nullable Object schema, @Nullable Object value) {
		if (!(schema instanceof Map<?, ?> rules)) {
			return !Boolean.FALSE.equals(schema);
		}
		return isType(rules.get("type"), value) && isListed(rules, value) && fitsText(rules, value)
				&& fitsNumber(rules, value) && fitsList(rules, value) && fitsObject(rules, value);
	}

	private static boolean isType(@Nullable Object type, @Nullable Object value) {
		if (type instanceof List<?> several) {
			return several.stream().anyMatch((one) -> isType(one, value));
		}
		if (type == null) {
			return true;
		}
		return switch (String.valueOf(type)) {
			case "object" -> value instanceof Map;
			case "array" -> value instanceof List;
			case "string" -> value instanceof String;
			case "boolean" -> value instanceof Boolean;
			case "integer" -> value instanceof Number number && isWhole(number);
			case "number" -> value instanceof Number;
			case "null" -> value == null;
			default -> false;
		};
	}

	private static boolean isWhole(Number number) {
		return decimal(number).stripTrailingZeros().scale() <= 0;
	}

	private static boolean isListed(Map<?, ?> rules, @Nullable Object value) {
		return (!rules.containsKey("const") || same(rules.get("const"), value))
				&& (!(rules.get("enum") instanceof List<?> values)
						|| values.stream().anyMatch((one) -> same(one, value)));
	}

	private static boolean same(@Nullable Object one, @Nullable Object other) {
		if (one instanceof Number first && other instanceof Number second) {
			return decimal(first).compareTo(decimal(second)) == 0;
		}
		return (one != null) ? one.equals(other) : other == null;
	}

	private static boolean fitsText(Map<?, ?> rules, @Nullable Object value) {
		if (!(value instanceof String text)) {
			return true;
		}
		int length = text.codePointCount(0, text.length());
		return isWithin(rules, "minLength", "maxLength", length)
				&& (!(rules.get("pattern") instanceof String pattern) || Pattern.compile(pattern).matcher(text).find());
	}

	private static boolean fitsNumber(Map<?, ?> rules, @Nullable Object value) {
		if (!(value instanceof Number number)) {
			return true;
		}
		BigDecimal decimal = decimal(number);
		return holds(rules.get("minimum"), decimal, (compared) -> compared >= 0)
				&& holds(rules.get("maximum"), decimal, (compared) -> compared <= 0)
				&& holds(rules.get("exclusiveMinimum"), decimal, (compared) -> compared > 0)
				&& holds(rules.get("exclusiveMaximum"), decimal, (compared) -> compared < 0);
	}

	private static boolean holds(@Nullable Object bound, BigDecimal value, IntPredicate rule) {
		return !(bound instanceof Number number) || rule.test(value.compareTo(decimal(number)));
	}

	private static boolean fitsList(Map<?, ?> rules, @Nullable Object value) {
		return !(value instanceof List<?> list) || (isWithin(rules, "minItems", "maxItems", list.size())
				&& list.stream().allMatch((item) -> fits(rules.get("items"), item)));
	}

	private static boolean fitsObject(Map<?, ?> rules, @Nullable Object value) {
		if (!(value instanceof Map<?, ?> members)) {
			return true;
		}
		Map<?, ?> properties = (rules.get("properties") instanceof Map<?, ?> known) ? known : Map.of();
		return (!(rules.get("required") instanceof List<?> required) || members.keySet().containsAll(required))
				&& members.entrySet()
					.stream()
					.allMatch((member) -> fits(properties.containsKey(member.getKey()) ? properties.get(member.getKey())
							: rules.get("additionalProperties"), member.getValue()));
	}

	private static boolean isWithin(Map<?, ?> rules, String min, String max, int count) {
		return (!(rules.get(min) instanceof Number least) || count >= least.longValue())
				&& (!(rules.get(max) instanceof Number most) || count <= most.longValue());
	}

	static BigDecimal decimal(Number number) {
		return new BigDecimal(number.toString());
	}

}
