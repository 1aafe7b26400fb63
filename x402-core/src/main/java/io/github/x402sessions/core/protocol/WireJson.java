package io.github.x402sessions.core.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads and writes wire records as JSON. The mapper is the project's own, so that an
 * application's naming strategy or modules never change the wire. Reading is strict about
 * types (a number is not a string), about duplicate keys and trailing bytes, and bounded
 * in depth; unknown fields are ignored. Thread-safe.
 */
public final class WireJson {

	/** The deepest nesting that is read. */
	static final int MAX_DEPTH = 32;

	/**
	 * The deepest nesting of what is passed on in another message: less by more than that
	 * message adds, so that whoever reads it with the same bounds can.
	 */
	private static final int MAX_PASSED_DEPTH = MAX_DEPTH - 4;

	/** The longest number that is read, digits. */
	private static final int MAX_NUMBER_LENGTH = 40;

	/** The deepest nesting of a document that holds what many have written. */
	private static final int MAX_COLLECTED_DEPTH = 128;

	private static final JsonMapper MAPPER = mapper(MAX_DEPTH);

	private static final JsonMapper COLLECTION_MAPPER = mapper(MAX_COLLECTED_DEPTH);

	private static final JsonMapper PASSED_MAPPER = mapper(MAX_PASSED_DEPTH);

	private WireJson() {
	}

	/**
	 * Write a value as JSON; what is {@code null} is left out.
	 * @param value a wire record
	 * @return UTF-8 bytes
	 */
	public static byte[] write(Object value) {
		return MAPPER.writeValueAsBytes(Objects.requireNonNull(value, "value"));
	}

	/**
	 * Read a value from JSON.
	 * @param <T> the type of the value
	 * @param json UTF-8 bytes, whose length the caller has bounded
	 * @param type the class of the value
	 * @return the value
	 * @throws MalformedMessageException if the bytes are not JSON of that shape; the
	 * message names the field but repeats none of the input
	 */
	public static <T> T read(byte[] json, Class<T> type) {
		return read(MAPPER, json, type);
	}

	/**
	 * Return what a reader of a map's JSON has of it, without members that are
	 * {@code null}.
	 * @param values the map
	 * @param field what it is called in messages
	 * @return a map that cannot be changed
	 * @throws IllegalArgumentException if the map cannot be written as JSON
	 */
	public static Map<String, @Nullable Object> asRead(Map<String, @Nullable Object> values, String field) {
		try {
			Map<String, @Nullable Object> read = new LinkedHashMap<>();
			Map<?, ?> json = read(write(values), Map.class);
			json.forEach((name, value) -> {
				if (value != null) {
					read.put((String) name, value);
				}
			});
			return Collections.unmodifiableMap(read);
		}
		catch (MalformedMessageException ex) {
			throw new IllegalArgumentException(field + " must be JSON: " + ex.getMessage(), ex);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(field + " cannot be written as JSON", ex);
		}
	}

	/**
	 * Read a document that holds what many have written, none of whom can spoil it for
	 * the others: nested deeper than a message of one of them may be. What is read of it
	 * as a message is to be written and read again as such.
	 * @param <T> the type of the value
	 * @param json UTF-8 bytes, whose length the caller has bounded
	 * @param type the class of the value
	 * @return the value
	 * @throws MalformedMessageException if the bytes are not JSON of that shape
	 */
	public static <T> T readCollection(byte[] json, Class<T> type) {
		return read(COLLECTION_MAPPER, json, type);
	}

	/** Read what is going to be a part of another message. */
	static <T> T readToPassOn(byte[] json, Class<T> type) {
		return read(PASSED_MAPPER, json, type);
	}

	private static <T> T read(JsonMapper mapper, byte[] json, Class<T> type) {
		T value;
		try {
			value = mapper.readValue(json, type);
		}
		catch (DatabindException ex) {
			throw malformed(ex);
		}
		catch (JacksonException ex) {
			throw new MalformedMessageException("not valid JSON");
		}
		if (value == null) {
			throw new MalformedMessageException("not a JSON object");
		}
		return value;
	}

	/**
	 * The cause is left off on purpose: Jackson's messages quote the input, which may
	 * hold a session id.
	 */
	private static MalformedMessageException malformed(DatabindException ex) {
		if (ex.getCause() instanceof MalformedMessageException cause) {
			return new MalformedMessageException(String.valueOf(cause.getMessage()));
		}
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : ex.getPath()) {
			String name = (reference.getPropertyName() != null) ? reference.getPropertyName()
					: String.valueOf(reference.getIndex());
			path.append(path.isEmpty() ? "" : ".").append(name);
		}
		return new MalformedMessageException(path.isEmpty() ? "not a JSON object of the expected shape"
				: "'" + path + "' is missing or has the wrong type");
	}

	private static JsonMapper mapper(int maxDepth) {
		JsonFactory factory = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(maxDepth)
				.maxNumberLength(MAX_NUMBER_LENGTH)
				.build())
			.build();
		return JsonMapper.builder(factory)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.withCoercionConfig(LogicalType.Textual,
					(config) -> refuse(config, CoercionInputShape.Integer, CoercionInputShape.Float,
							CoercionInputShape.Boolean))
			.withCoercionConfig(LogicalType.Integer,
					(config) -> refuse(config, CoercionInputShape.String, CoercionInputShape.EmptyString,
							CoercionInputShape.Boolean))
			.withCoercionConfig(LogicalType.Boolean,
					(config) -> refuse(config, CoercionInputShape.String, CoercionInputShape.EmptyString,
							CoercionInputShape.Integer))
			.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
	}

	private static void refuse(MutableCoercionConfig config, CoercionInputShape... shapes) {
		for (CoercionInputShape shape : shapes) {
			config.setCoercion(shape, CoercionAction.Fail);
		}
	}

}
