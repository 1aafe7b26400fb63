package io.github.x402sessions.core.bazaar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The declaration of an endpoint or a tool for catalogues: {@code extensions.bazaar} of a
 * challenge, and of the payment that echoes it. Of a payment it is a stranger's word, of
 * which nothing has been checked.
 *
 * @param info the call, its parameters and its answer, by example
 * @param schema the JSON Schema (2020-12) that describes {@code info}
 * @param routeTemplate the path with its parameters, such as {@code /users/:userId};
 * absent for a path without any, and for tools
 * @see <a href=
 * "https://github.com/x402-foundation/x402/blob/main/specs/extensions/bazaar.md">the
 * specification</a>
 */
public record BazaarDeclaration(Map<String, @Nullable Object> info, Map<String, @Nullable Object> schema,
		@Nullable String routeTemplate) {

	/** The name of the extension. */
	public static final String EXTENSION = "bazaar";

	/** The type of a resource that is called over HTTP. */
	public static final String HTTP = "http";

	/** The type of a tool that is called over MCP. */
	public static final String MCP = "mcp";

	private static final String INFO = "info";

	private static final String SCHEMA = "schema";

	private static final String ROUTE_TEMPLATE = "routeTemplate";

	/** Copy the maps. */
	public BazaarDeclaration {
		info = Collections.unmodifiableMap(new LinkedHashMap<>(info));
		schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
	}

	/**
	 * Read the declaration from the extensions of a challenge or of a payment.
	 * @param extensions the extensions by name, or {@code null} if there are none
	 * @return the declaration, or empty if there is none that has {@code info} and
	 * {@code schema}; a {@code routeTemplate} that is no text is left out
	 */
	public static Optional<BazaarDeclaration> of(@Nullable Map<String, @Nullable Object> extensions) {
		if (extensions == null || !(extensions.get(EXTENSION) instanceof Map<?, ?> declared)
				|| !(declared.get(INFO) instanceof Map<?, ?> info)
				|| !(declared.get(SCHEMA) instanceof Map<?, ?> schema)) {
			return Optional.empty();
		}
		String template = (declared.get(ROUTE_TEMPLATE) instanceof String text) ? text : null;
		return Optional.of(new BazaarDeclaration(members(info), members(schema), template));
	}

	/**
	 * Change what is declared, but for the schema.
	 * @param info the call, its parameters and its answer, by example
	 * @param routeTemplate the path with its parameters, or {@code null}
	 * @return a changed declaration
	 */
	public BazaarDeclaration with(Map<String, @Nullable Object> info, @Nullable String routeTemplate) {
		return new BazaarDeclaration(info, this.schema, routeTemplate);
	}

	/**
	 * Return the declaration as the extension is written.
	 * @return the members of {@code extensions.bazaar}
	 */
	public Map<String, @Nullable Object> members() {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put(INFO, this.info);
		members.put(SCHEMA, this.schema);
		if (this.routeTemplate != null) {
			members.put(ROUTE_TEMPLATE, this.routeTemplate);
		}
		return members;
	}

	private static Map<String, @Nullable Object> members(Map<?, ?> map) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		map.forEach((name, value) -> members.put(String.valueOf(name), value));
		return members;
	}

}
