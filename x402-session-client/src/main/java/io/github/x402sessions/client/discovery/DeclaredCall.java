package io.github.x402sessions.client.discovery;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.x402sessions.core.bazaar.BazaarDeclaration;
import io.github.x402sessions.core.bazaar.DiscoveredResource;
import io.github.x402sessions.core.bazaar.PlainText;
import io.github.x402sessions.core.protocol.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a seller's declaration how something is called. What is not declared is
 * called by GET, without parameters.
 */
final class DeclaredCall {

	private static final Set<String> QUERY_METHODS = Set.of("GET", "HEAD", "DELETE");

	private static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH");

	private static final Set<String> BODY_TYPES = Set.of("json", "form-data", "text");

	private static final Pattern TOOL = Pattern.compile("[\\x21-\\x7E]{1,128}");

	private static final Pattern NAME = Pattern.compile("[\\x21-\\x7E]{1,128}");

	private static final Pattern PATH_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

	/**
	 * As headers' names are; the secrets of a caller are not asked for by a catalogue.
	 */
	private static final Pattern HEADER = Pattern
		.compile("(?i)(?!authorization$|proxy-|cookie$|payment-|x-payment)[a-z0-9-]{1,64}");

	private static final int MOST_PARAMETERS = 32;

	private static final int LONGEST_TEXT = 200;

	private final DiscoveredResource listing;

	private final @Nullable BazaarDeclaration declared;

	private final Map<?, ?> input;

	private final Map<?, ?> schemas;

	DeclaredCall(DiscoveredResource listing) {
		this.listing = listing;
		this.declared = listing.declaration().orElse(null);
		this.input = (this.declared != null) ? map(this.declared.info().get("input")) : Map.of();
		this.schemas = (this.declared != null)
				? map(map(map(this.declared.schema().get("properties")).get("input")).get("properties")) : Map.of();
	}

	FoundCall read() {
		boolean tool = this.listing.type().equals(BazaarDeclaration.MCP);
		if (this.declared != null && !this.listing.type().equals(this.input.get("type"))) {
			throw new MalformedMessageException("the declaration is of another type");
		}
		return tool ? tool() : request();
	}

	private FoundCall tool() {
		if (!(this.input.get("toolName") instanceof String name) || !TOOL.matcher(name).matches()) {
			throw new MalformedMessageException("the tool has no name");
		}
		return new FoundCall(name, this.listing.resource(), true, List.of(), null, this.input.get("example"),
				members(this.input.get("inputSchema")));
	}

	private FoundCall request() {
		String method = (this.declared != null) ? text(this.input.get("method")) : "GET";
		boolean body = BODY_METHODS.contains(method);
		if (!body && !QUERY_METHODS.contains(method)) {
			throw new MalformedMessageException("the method is none that is declared");
		}
		String bodyType = text(this.input.get("bodyType"));
		if (body && !BODY_TYPES.contains(bodyType)) {
			throw new MalformedMessageException("the body has no type that is declared");
		}
		List<CallParameter> parameters = new ArrayList<>(path());
		parameters.addAll(declared("queryParams", CallParameter.Place.QUERY, NAME));
		parameters.addAll(declared("headers", CallParameter.Place.HEADER, HEADER));
		if (parameters.size() > MOST_PARAMETERS) {
			throw new MalformedMessageException("there are too many parameters");
		}
		return new FoundCall(method, this.listing.resource(), false, withoutDoubles(parameters), body ? bodyType : null,
				body ? this.input.get("body") : null, null);
	}

	/** A value has one name: what is in the path is not asked for twice. */
	private static List<CallParameter> withoutDoubles(List<CallParameter> parameters) {
		Map<String, CallParameter> named = new LinkedHashMap<>();
		parameters.forEach((parameter) -> named
			.putIfAbsent((parameter.place() == CallParameter.Place.HEADER) + parameter.name(), parameter));
		return List.copyOf(named.values());
	}

	private List<CallParameter> path() {
		String path = String.valueOf(URI.create(this.listing.resource()).getRawPath());
		if (this.declared == null || !path.equals(this.declared.routeTemplate())) {
			return List.of();
		}
		List<CallParameter> parameters = new ArrayList<>();
		for (String segment : path.split("/")) {
			if (segment.startsWith(":")) {
				String name = segment.substring(1);
				if (!PATH_NAME.matcher(name).matches()) {
					throw new MalformedMessageException("a parameter of the path has no name");
				}
				Object example = map(this.input.get("pathParams")).get(name);
				parameters.add(parameter(name, CallParameter.Place.PATH, true,
						(":" + name).equals(example) ? null : example, map(this.schemas.get("pathParams"))));
			}
		}
		return parameters;
	}

	private List<CallParameter> declared(String member, CallParameter.Place place, Pattern shape) {
		Map<?, ?> schema = map(this.schemas.get(member));
		Map<?, ?> examples = map(this.input.get(member));
		Set<Object> names = new LinkedHashSet<>(map(schema.get("properties")).keySet());
		names.addAll(examples.keySet());
		List<?> required = (schema.get("required") instanceof List<?> list) ? list : List.of();
		names.addAll(required);
		List<CallParameter> parameters = new ArrayList<>();
		for (Object name : names) {
			if (name instanceof String text && shape.matcher(text).matches()) {
				parameters.add(parameter(text, place, required.contains(text), examples.get(text), schema));
			}
			else if (required.contains(name) && place == CallParameter.Place.QUERY) {
				throw new MalformedMessageException("a parameter that is required has no name");
			}
		}
		return parameters;
	}

	private static CallParameter parameter(String name, CallParameter.Place place, boolean required,
			@Nullable Object example, Map<?, ?> schema) {
		Map<?, ?> described = map(map(schema.get("properties")).get(name));
		Object value = (example != null) ? example : described.get("default");
		boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
		return new CallParameter(name, place, required, scalar ? PlainText.of(value.toString(), LONGEST_TEXT) : null,
				PlainText.of(described.get("description"), LONGEST_TEXT));
	}

	private static String text(@Nullable Object value) {
		return (value instanceof String text) ? text : "";
	}

	private static Map<?, ?> map(@Nullable Object value) {
		return (value instanceof Map<?, ?> map) ? map : Map.of();
	}

	private static Map<String, @Nullable Object> members(@Nullable Object value) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		map(value).forEach((name, member) -> members.put(String.valueOf(name), member));
		return Collections.unmodifiableMap(members);
	}

}
