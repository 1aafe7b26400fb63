package io.github.x402sessions.spring.schema;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Reads the constraints of Jakarta Validation and the annotations of OpenAPI by their
 * names, so that neither has to be there.
 */
final class Constraints {

	private static final String VALIDATION = "jakarta.validation.constraints.";

	private static final String OPENAPI = "io.swagger.v3.oas.annotations.";

	private Constraints() {
	}

	/**
	 * Add to a schema what annotations say of a value.
	 * @param schema the schema, with its {@code type}
	 * @param annotations those of the value's place
	 * @return whether the value has to be there
	 */
	static boolean add(Map<String, Object> schema, Collection<? extends Annotation> annotations) {
		boolean required = false;
		for (Annotation annotation : annotations) {
			String name = annotation.annotationType().getName();
			if (name.startsWith(VALIDATION)) {
				Map<String, @Nullable Object> attributes = AnnotationUtils.getAnnotationAttributes(annotation);
				required |= isForAll(attributes) && constrain(schema, name.substring(VALIDATION.length()), attributes);
			}
			else if (name.startsWith(OPENAPI)) {
				required |= describe(schema, name.substring(OPENAPI.length()),
						AnnotationUtils.getAnnotationAttributes(annotation));
			}
		}
		return required;
	}

	/** Tell whether annotations hide a value from documents. */
	static boolean isHidden(Collection<? extends Annotation> annotations) {
		return annotations.stream()
			.filter((annotation) -> annotation.annotationType().getName().startsWith(OPENAPI))
			.anyMatch((annotation) -> annotation.annotationType().getSimpleName().equals("Hidden")
					|| Boolean.TRUE.equals(AnnotationUtils.getAnnotationAttributes(annotation).get("hidden")));
	}

	private static boolean isForAll(Map<String, @Nullable Object> attributes) {
		return !(attributes.get("groups") instanceof Class<?>[] groups) || groups.length == 0;
	}

	private static boolean constrain(Map<String, Object> schema, String constraint,
			Map<String, @Nullable Object> attributes) {
		Object value = attributes.get("value");
		boolean inclusive = !Boolean.FALSE.equals(attributes.get("inclusive"));
		switch (constraint) {
			case "Min", "DecimalMin" -> bound(schema, inclusive ? "minimum" : "exclusiveMinimum", value);
			case "Max", "DecimalMax" -> bound(schema, inclusive ? "maximum" : "exclusiveMaximum", value);
			case "Positive" -> bound(schema, "exclusiveMinimum", 0);
			case "PositiveOrZero" -> bound(schema, "minimum", 0);
			case "Negative" -> bound(schema, "exclusiveMaximum", 0);
			case "NegativeOrZero" -> bound(schema, "maximum", 0);
			case "Size" -> size(schema, attributes);
			case "NotBlank", "NotEmpty" -> schema.putIfAbsent(count(schema, "min"), 1);
			case "Pattern" -> pattern(schema, attributes);
			case "Email" -> schema.putIfAbsent("format", "email");
			default -> {
			}
		}
		return constraint.equals("NotNull") || constraint.equals("NotBlank") || constraint.equals("NotEmpty");
	}

	private static void bound(Map<String, Object> schema, String keyword, @Nullable Object value) {
		Object type = schema.get("type");
		if (value != null && ("integer".equals(type) || "number".equals(type))) {
			try {
				schema.put(keyword, (value instanceof Number number) ? number : new BigDecimal(value.toString()));
			}
			catch (NumberFormatException ex) {
				// Its own validator refuses it as well.
			}
		}
	}

	private static void size(Map<String, Object> schema, Map<String, @Nullable Object> attributes) {
		if (attributes.get("min") instanceof Integer min && min > 0) {
			schema.put(count(schema, "min"), min);
		}
		if (attributes.get("max") instanceof Integer max && max < Integer.MAX_VALUE) {
			schema.put(count(schema, "max"), max);
		}
	}

	private static String count(Map<String, Object> schema, String end) {
		return end + ("array".equals(schema.get("type")) ? "Items" : "Length");
	}

	private static void pattern(Map<String, Object> schema, Map<String, @Nullable Object> attributes) {
		Object flags = attributes.get("flags");
		if (flags instanceof Object[] several && several.length == 0) {
			schema.put("pattern", "^(" + attributes.get("regexp") + ")$");
		}
	}

	private static boolean describe(Map<String, Object> schema, String annotation,
			Map<String, @Nullable Object> attributes) {
		if (!annotation.equals("media.Schema") && !annotation.equals("Parameter")) {
			return false;
		}
		if (attributes.get("description") instanceof String text && !text.isBlank()) {
			schema.put("description", text);
		}
		if (attributes.get("example") instanceof String text && !text.isEmpty()) {
			Examples.offer(schema, text, true);
		}
		return "REQUIRED".equals(String.valueOf(attributes.get("requiredMode")))
				|| Boolean.TRUE.equals(attributes.get("required"));
	}

}
