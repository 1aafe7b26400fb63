package io.github.x402sessions.mcp.autoconfigure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * The schema of what a tool is called with.
 */
final class ToolInput {

	private static final String DEFINITIONS = "$defs";

	private static final String POINTER = "#/$defs/";

	private ToolInput() {
	}

	/**
	 * Leave arguments out of a tool's schema, and the definitions that only they need.
	 */
	static Tool without(Tool tool, List<String> arguments) {
		Map<String, Object> schema = new LinkedHashMap<>(tool.inputSchema());
		if (schema.get("properties") instanceof Map<?, ?> properties) {
			Map<?, ?> left = new LinkedHashMap<>(properties);
			arguments.forEach(left::remove);
			schema.put("properties", left);
		}
		if (schema.get("required") instanceof List<?> required) {
			schema.put("required", required.stream().filter((name) -> !arguments.contains(name)).toList());
		}
		if (schema.remove(DEFINITIONS) instanceof Map<?, ?> definitions) {
			Map<?, ?> used = new LinkedHashMap<>(definitions);
			used.keySet().retainAll(reachable(schema, definitions));
			if (!used.isEmpty()) {
				schema.put(DEFINITIONS, used);
			}
		}
		return new Tool(tool.name(), tool.title(), tool.description(), schema, tool.outputSchema(), tool.annotations(),
				tool.meta(), tool.icons());
	}

	private static Set<String> reachable(Map<String, Object> schema, Map<?, ?> definitions) {
		Set<String> found = new HashSet<>();
		Deque<Object> open = new ArrayDeque<>(List.of(schema));
		while (!open.isEmpty()) {
			Object next = open.pop();
			if (next instanceof Map<?, ?> map) {
				map.values().forEach((value) -> push(open, value));
				if (map.get("$ref") instanceof String pointer && pointer.startsWith(POINTER)
						&& found.add(pointer.substring(POINTER.length()))) {
					push(open, definitions.get(pointer.substring(POINTER.length())));
				}
			}
			else if (next instanceof List<?> list) {
				list.forEach((value) -> push(open, value));
			}
		}
		return found;
	}

	private static void push(Deque<Object> open, @Nullable Object value) {
		if (value != null) {
			open.push(value);
		}
	}

}
