package io.github.x402sessions.client.discovery;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.x402sessions.core.bazaar.DiscoveredResource;
import org.jspecify.annotations.Nullable;

/**
 * The way to call what was found: a request with its parameters, or a tool.
 *
 * @param name the HTTP method, or the name of the tool
 * @param url the URL, with {@code :name} in place of each parameter of the path; of a
 * tool that of its MCP server
 * @param isTool whether it is a tool of an MCP server
 * @param parameters the parameters of a request, those of the path first; empty for tools
 * @param bodyType the form of a request's body: {@code json}, {@code form-data} or
 * {@code text}; {@code null} if it has none
 * @param example a body, or the arguments of a tool, that the seller gives as an example;
 * {@code null} without one
 * @param inputSchema the JSON Schema of a tool's arguments; {@code null} of a request
 */
public record FoundCall(String name, String url, boolean isTool, List<CallParameter> parameters,
		@Nullable String bodyType, @Nullable Object example, @Nullable Map<String, @Nullable Object> inputSchema) {

	/** Copy the list. */
	public FoundCall {
		parameters = List.copyOf(parameters);
	}

	static FoundCall of(DiscoveredResource listing) {
		return new DeclaredCall(listing).read();
	}

	/**
	 * Return the URL of one call. Values are encoded, so that each is one segment of the
	 * path or one value of the query, whatever is in it.
	 * @param values the values of parameters of the path and of the query, by name
	 * @return the URL
	 * @throws IllegalArgumentException if one is missing that is required, is unknown, or
	 * cannot stand in a path; the message names it
	 */
	public URI url(Map<String, String> values) {
		requireKnown(values);
		requireAll(values);
		String target = this.url;
		StringBuilder query = new StringBuilder();
		for (CallParameter parameter : this.parameters) {
			String value = values.get(parameter.name());
			if (value != null && parameter.place() == CallParameter.Place.PATH) {
				target = filled(target, parameter.name(), value);
			}
			else if (value != null) {
				query.append(query.isEmpty() ? "" : "&").append(encoded(parameter.name())).append("=");
				query.append(encoded(value));
			}
		}
		return URI.create(query.isEmpty() ? target : target + (target.contains("?") ? "&" : "?") + query);
	}

	/**
	 * Return the values that the seller gives as examples.
	 * @return by name, of parameters of the path and of the query
	 */
	public Map<String, String> examples() {
		return this.parameters.stream()
			.filter((parameter) -> parameter.place() != CallParameter.Place.HEADER && parameter.example() != null)
			.collect(Collectors.toMap(CallParameter::name, (parameter) -> String.valueOf(parameter.example())));
	}

	private void requireKnown(Map<String, String> values) {
		TreeSet<String> unknown = new TreeSet<>(values.keySet());
		this.parameters.stream()
			.filter((parameter) -> parameter.place() != CallParameter.Place.HEADER)
			.map(CallParameter::name)
			.forEach(unknown::remove);
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException(String.join(", ", unknown) + ": there is no such parameter; there are "
					+ described(this.parameters.stream()
						.filter((parameter) -> parameter.place() != CallParameter.Place.HEADER)
						.toList()));
		}
	}

	private void requireAll(Map<String, String> values) {
		List<CallParameter> missing = new ArrayList<>(this.parameters);
		missing.removeIf((parameter) -> !parameter.required() || parameter.place() == CallParameter.Place.HEADER
				|| values.containsKey(parameter.name()));
		if (!missing.isEmpty()) {
			throw new IllegalArgumentException(described(missing) + " missing");
		}
	}

	/** Names with their places, such as {@code city (path), days (query)}. */
	private static String described(List<CallParameter> parameters) {
		return parameters.isEmpty() ? "none" : parameters.stream()
			.map((parameter) -> parameter.name() + " (" + parameter.place().name().toLowerCase(Locale.ROOT) + ")")
			.collect(Collectors.joining(", "));
	}

	/** A segment that goes up would be another path. */
	private static String filled(String url, String name, String value) {
		if (value.isEmpty() || value.matches("\\.{1,2}")) {
			throw new IllegalArgumentException(name + " cannot be empty, or dots: it stands in the path");
		}
		String segment = "/:" + name;
		int begin = segmentBegin(url, segment);
		return url.substring(0, begin) + "/" + encoded(value) + url.substring(begin + segment.length());
	}

	private static int segmentBegin(String url, String segment) {
		int begin = url.indexOf(segment, url.indexOf("://") + 3);
		while (begin >= 0 && begin + segment.length() < url.length()
				&& "/?".indexOf(url.charAt(begin + segment.length())) < 0) {
			begin = url.indexOf(segment, begin + 1);
		}
		return begin;
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
	}

}
