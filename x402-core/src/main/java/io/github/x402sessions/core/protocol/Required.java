package io.github.x402sessions.core.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Checks that the compact constructors of the wire records share. A failed check names
 * the field.
 */
final class Required {

	/** The x402 version that this project writes. */
	static final int VERSION = 2;

	private Required() {
	}

	static <T> T field(@Nullable T value, String name) {
		if (value == null) {
			throw new MalformedMessageException("'" + name + "' is missing");
		}
		return value;
	}

	static String text(@Nullable String value, String name) {
		String text = field(value, name);
		if (text.isBlank()) {
			throw new MalformedMessageException("'" + name + "' is empty");
		}
		return text;
	}

	static int version(int value) {
		if (value != VERSION) {
			throw new MalformedMessageException("'x402Version' must be " + VERSION);
		}
		return value;
	}

	static <T> List<T> list(@Nullable List<T> value, String name) {
		if (field(value, name).stream().anyMatch((element) -> element == null)) {
			throw new MalformedMessageException("'" + name + "' has an empty element");
		}
		return List.copyOf(value);
	}

	/** A copy that keeps order and allows null values, which JSON has. */
	static Map<String, @Nullable Object> map(@Nullable Map<String, @Nullable Object> value) {
		return (value != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(value)) : Map.of();
	}

}
