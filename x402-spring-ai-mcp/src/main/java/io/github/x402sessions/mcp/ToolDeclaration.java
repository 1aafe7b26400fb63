package io.github.x402sessions.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.gate.BazaarExtension;
import io.github.x402sessions.core.protocol.WireJson;
import io.github.x402sessions.spring.schema.Examples;
import io.github.x402sessions.spring.schema.PlainSchema;
import io.github.x402sessions.spring.schema.SchemaFit;
import io.github.x402sessions.spring.schema.Texts;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Makes what catalogues are told of a tool: its own schemas without what others could
 * read otherwise, and examples that fit them. Where all of it would be too long,
 * descriptions and then the result's example go first.
 */
final class ToolDeclaration {

	private static final int MAX_DESCRIPTION = 200;

	private static final String DEFINITIONS = "#/$defs/";

	private static final Map<String, Object> TEXT = Map.of("type", "string");

	private static final Map<String, Object> OBJECT = Map.of("type", "object");

	private ToolDeclaration() {
	}

	/**
	 * Describe a tool.
	 * @param transport how its server is reached, such as {@code sse}; {@code null} for
	 * what catalogues take it for
	 * @return the declaration, or empty if it is too long whatever is left out
	 */
	static Optional<BazaarDeclaration> of(Tool tool, @Nullable String transport) {
		Map<String, Object> input = PlainSchema.input(tool.inputSchema(),
				(name) -> referenced(tool.inputSchema(), name));
		Map<String, Object> output = PlainSchema.output(tool.outputSchema(),
				(name) -> referenced(tool.outputSchema(), name));
		for (int left = 3; left > 0; left--) {
			BazaarDeclaration declaration = write(tool, transport, input, (left > 1) ? output : Map.of(), left > 2);
			if (WireJson.write(declaration.members()).length <= BazaarExtension.MAX_LENGTH
					&& SchemaFit.fits(declaration.schema(), declaration.info())) {
				return Optional.of(declaration);
			}
		}
		return Optional.empty();
	}

	private static BazaarDeclaration write(Tool tool, @Nullable String transport, Map<String, Object> input,
			Map<String, Object> output, boolean described) {
		Map<String, Object> call = new LinkedHashMap<>();
		Map<String, Object> properties = new LinkedHashMap<>();
		put(call, properties, "type", BazaarDeclaration.MCP, Map.of("type", "string", "const", BazaarDeclaration.MCP));
		put(call, properties, "toolName", tool.name(), TEXT);
		if (tool.description() != null && !tool.description().isBlank()) {
			put(call, properties, "description", Texts.clean(tool.description(), MAX_DESCRIPTION), TEXT);
		}
		if (transport != null) {
			put(call, properties, "transport", transport, Map.of("type", "string", "enum", List.of(transport)));
		}
		Map<String, Object> arguments = PlainSchema.written(input, described, Integer.MAX_VALUE);
		arguments.putIfAbsent("type", "object");
		put(call, properties, "inputSchema", arguments, OBJECT);
		if (Examples.of(input) instanceof Map<?, ?> example) {
			put(call, properties, "example", example, OBJECT);
		}
		Map<String, Object> callSchema = object(properties, List.of("type", "toolName", "inputSchema"));
		callSchema.put("additionalProperties", false);
		Map<String, Object> info = new LinkedHashMap<>();
		Map<String, Object> parts = new LinkedHashMap<>();
		put(info, parts, "input", call, callSchema);
		if (output.containsKey("type")) {
			Map<String, Object> result = new LinkedHashMap<>();
			Map<String, Object> resultProperties = new LinkedHashMap<>();
			put(result, resultProperties, "type", "json", TEXT);
			Object example = Examples.of(output);
			if (example != null) {
				put(result, resultProperties, "example", example, PlainSchema.written(output, false, 1));
			}
			put(info, parts, "output", result, object(resultProperties, List.of("type")));
		}
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		schema.putAll(object(parts, List.of("input")));
		return new BazaarDeclaration(info, schema, null);
	}

	private static void put(Map<String, Object> values, Map<String, Object> properties, String name, Object value,
			Map<String, Object> schema) {
		values.put(name, value);
		properties.put(name, schema);
	}

	private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("type", "object");
		schema.put("properties", properties);
		schema.put("required", required);
		return schema;
	}

	private static @Nullable Object referenced(@Nullable Map<String, Object> schema, String name) {
		return (schema != null && name.startsWith(DEFINITIONS) && schema.get("$defs") instanceof Map<?, ?> definitions)
				? definitions.get(name.substring(DEFINITIONS.length())) : null;
	}

}
