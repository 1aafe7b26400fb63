package io.github.x402sessions.spring.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.gate.BazaarExtension;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.spring.schema.Examples;
import io.github.x402sessions.spring.schema.PlainSchema;
import io.github.x402sessions.spring.schema.SchemaFit;
import org.jspecify.annotations.Nullable;

/**
 * Writes calls as {@code extensions.bazaar}. A declaration is short, because challenges
 * and the payments that repeat them are headers: where all of it would be too long,
 * descriptions and then the answer's details go first. Its {@code info} fits its
 * {@code schema}, or there is none.
 */
final class CallWriter {

	private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

	private static final Set<String> QUERY_METHODS = Set.of("GET", "HEAD", "DELETE");

	private static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH");

	private CallWriter() {
	}

	/** Write a call; empty if it cannot be told, or not shortly enough. */
	static Optional<BazaarDeclaration> write(DescribedCall call) {
		Optional<PathTemplate> template = PathTemplate.of(call.path());
		boolean known = QUERY_METHODS.contains(call.method()) || BODY_METHODS.contains(call.method());
		if (template.isEmpty() || !known) {
			return Optional.empty();
		}
		for (Detail detail : Detail.values()) {
			BazaarDeclaration declaration = write(call, template.get(), detail);
			if (WireJson.write(declaration.members()).length <= BazaarExtension.MAX_LENGTH
					&& SchemaFit.fits(declaration.schema(), declaration.info())) {
				return Optional.of(declaration);
			}
		}
		return Optional.empty();
	}

	private static BazaarDeclaration write(DescribedCall call, PathTemplate template, Detail detail) {
		Part input = new Part();
		input.constant("type", BazaarDeclaration.HTTP);
		input.put("method", call.method(), Map.of("type", "string", "enum", List.of(call.method())), true);
		for (DescribedCall.Place place : DescribedCall.Place.values()) {
			Part part = new Part();
			call.parameters()
				.stream()
				.filter((parameter) -> parameter.place() == place)
				.forEach((parameter) -> part.example(parameter.name(), parameter.schema(), parameter.required(),
						detail));
			if (place == DescribedCall.Place.PATH) {
				template.names().forEach((name) -> part.complete(name));
				part.keep(template.names());
			}
			if (!part.values.isEmpty()) {
				input.put(place.member(), part.values, part.schema(), part.isRequired());
			}
		}
		if (BODY_METHODS.contains(call.method())) {
			body(input, call.body(), detail);
		}
		Map<String, Object> info = new LinkedHashMap<>();
		Map<String, Object> properties = new LinkedHashMap<>();
		Map<String, Object> inputSchema = input.schema();
		inputSchema.put("additionalProperties", false);
		info.put("input", input.values);
		properties.put("input", inputSchema);
		if (call.output() != null) {
			output(info, properties, call.output(), detail);
		}
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("$schema", DIALECT);
		schema.put("type", "object");
		schema.put("properties", properties);
		schema.put("required", List.of("input"));
		return new BazaarDeclaration(info, schema, template.hasParameters() ? template.value() : null);
	}

	/** A method with a body has one, even if nothing is in it. */
	private static void body(Part input, DescribedCall.@Nullable Content body, Detail detail) {
		String type = (body != null) ? body.type() : DescribedCall.Content.JSON;
		Map<String, Object> schema = (body != null) ? detail.input(body.schema()) : Map.of("type", "object");
		Object example = (body != null) ? Examples.of(body.schema()) : Map.of();
		input.put("bodyType", type, Map.of("type", "string", "enum", List.of(type)), true);
		input.put("body", (example != null) ? example : Map.of(), schema, true);
	}

	private static void output(Map<String, Object> info, Map<String, Object> properties, DescribedCall.Content content,
			Detail detail) {
		Part output = new Part();
		output.put("type", content.type(), Map.of("type", "string"), true);
		if (content.format() != null) {
			output.put("format", content.format(), Map.of("type", "string"), false);
		}
		Object example = content.schema().isEmpty() ? null : Examples.of(content.schema());
		if (example != null && detail != Detail.NO_OUTPUT && detail != Detail.FLAT) {
			output.put("example", example, detail.output(content.schema()), false);
		}
		info.put("output", output.values);
		properties.put("output", output.schema());
	}

	/** What is left of a declaration. */
	private enum Detail {

		ALL, PLAIN_OUTPUT, NO_DESCRIPTIONS, NO_OUTPUT, FLAT;

		Map<String, Object> input(Map<String, Object> schema) {
			return PlainSchema.written(schema, compareTo(NO_DESCRIPTIONS) < 0, (this == FLAT) ? 1 : Integer.MAX_VALUE);
		}

		Map<String, Object> output(Map<String, Object> schema) {
			return (this == ALL) ? PlainSchema.written(schema, true, Integer.MAX_VALUE)
					: PlainSchema.written(schema, false, 0);
		}

	}

	/** An object of the declaration with its schema. */
	private static final class Part {

		private final Map<String, Object> values = new LinkedHashMap<>();

		private final Map<String, Object> properties = new LinkedHashMap<>();

		private final List<String> required = new ArrayList<>();

		void constant(String name, String value) {
			put(name, value, Map.of("type", "string", "const", value), true);
		}

		void put(String name, Object value, Map<String, Object> schema, boolean needed) {
			this.values.put(name, value);
			this.properties.put(name, schema);
			if (needed) {
				this.required.add(name);
			}
		}

		void example(String name, Map<String, Object> schema, boolean needed, Detail detail) {
			Object example = Examples.of(schema);
			if (example != null) {
				put(name, example, detail.input(schema), needed);
			}
		}

		void complete(String name) {
			if (!this.values.containsKey(name)) {
				put(name, "text", Map.of("type", "string"), true);
			}
		}

		void keep(Set<String> names) {
			this.values.keySet().retainAll(names);
			this.properties.keySet().retainAll(names);
			this.required.retainAll(names);
		}

		boolean isRequired() {
			return !this.required.isEmpty();
		}

		Map<String, Object> schema() {
			Map<String, Object> schema = new LinkedHashMap<>();
			schema.put("type", "object");
			schema.put("properties", this.properties);
			if (isRequired()) {
				schema.put("required", List.copyOf(this.required));
			}
			return schema;
		}

	}

}
