package io.github.x402sessions.facilitator.discovery.listing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * The way to call what is declared: {@code info.input}, by the rules of the specification
 * and not by the schema that came with it, which may say anything.
 *
 * @param type {@link BazaarDeclaration#HTTP} or {@link BazaarDeclaration#MCP}
 * @param name the method, or the tool's name
 */
record DeclaredInput(String type, String name) {

	private static final Set<String> QUERY_METHODS = Set.of("GET", "HEAD", "DELETE");

	private static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH");

	private static final Set<String> BODY_TYPES = Set.of("json", "form-data", "text");

	private static final Set<String> TRANSPORTS = Set.of("streamable-http", "sse");

	private static final Pattern TOOL_NAME = Pattern.compile("[\\x21-\\x7E]{1,128}");

	private static final String PATH_PARAMS = "pathParams";

	/**
	 * Read it.
	 * @param info what is declared
	 * @throws UnlistableException if it cannot be called so
	 */
	static DeclaredInput of(Map<String, @Nullable Object> info) {
		Map<?, ?> input = map(info.get("input"), "info.input is missing");
		if (BazaarDeclaration.HTTP.equals(input.get("type"))) {
			return http(input);
		}
		if (BazaarDeclaration.MCP.equals(input.get("type"))) {
			return tool(input);
		}
		throw new UnlistableException("info.input.type is neither http nor mcp");
	}

	private static DeclaredInput http(Map<?, ?> input) {
		String method = (input.get("method") instanceof String text) ? text : "";
		require(QUERY_METHODS.contains(method) || BODY_METHODS.contains(method),
				"info.input.method is not one of GET, HEAD, DELETE, POST, PUT and PATCH");
		require(QUERY_METHODS.contains(method) || BODY_TYPES.contains(String.valueOf(input.get("bodyType"))),
				"info.input.bodyType is not one of json, form-data and text");
		for (String member : new String[] { "queryParams", PATH_PARAMS, "headers" }) {
			require(input.get(member) == null || input.get(member) instanceof Map,
					"info.input has parameters that are no object");
		}
		return new DeclaredInput(BazaarDeclaration.HTTP, method);
	}

	private static DeclaredInput tool(Map<?, ?> input) {
		require(input.get("toolName") instanceof String name && TOOL_NAME.matcher(name).matches()
				&& name.indexOf('<') < 0, "info.input.toolName is not the name of a tool");
		map(input.get("inputSchema"), "info.input.inputSchema is missing");
		require(input.get("transport") == null || TRANSPORTS.contains(String.valueOf(input.get("transport"))),
				"info.input.transport is neither streamable-http nor sse");
		return new DeclaredInput(BazaarDeclaration.MCP, String.valueOf(input.get("toolName")));
	}

	/**
	 * Leave out of what is declared what only concerns the caller who has paid: the
	 * values of the path's parameters.
	 * @param info what is declared
	 * @return what everybody may see of it
	 */
	static Map<String, @Nullable Object> shown(Map<String, @Nullable Object> info) {
		if (!(info.get("input") instanceof Map<?, ?> input) || !(input.get(PATH_PARAMS) instanceof Map<?, ?> params)) {
			return info;
		}
		Map<Object, Object> names = new LinkedHashMap<>();
		params.keySet().forEach((name) -> names.put(name, ":" + name));
		Map<Object, @Nullable Object> shownInput = new LinkedHashMap<>(input);
		shownInput.put(PATH_PARAMS, names);
		Map<String, @Nullable Object> shown = new LinkedHashMap<>(info);
		shown.put("input", shownInput);
		return shown;
	}

	private static Map<?, ?> map(@Nullable Object value, String otherwise) {
		if (value instanceof Map<?, ?> map) {
			return map;
		}
		throw new UnlistableException(otherwise);
	}

	private static void require(boolean condition, String reason) {
		if (!condition) {
			throw new UnlistableException(reason);
		}
	}

}
