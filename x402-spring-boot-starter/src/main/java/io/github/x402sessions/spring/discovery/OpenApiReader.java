package io.github.x402sessions.spring.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.x402sessions.spring.schema.PlainSchema;
import io.github.x402sessions.spring.schema.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Describes a handler by its operation in an OpenAPI document, 3.0 or 3.1.
 */
final class OpenApiReader {

	private static final String COMPONENTS = "#/components/";

	private final Map<?, ?> document;

	/**
	 * Create a reader.
	 * @param document the document, as a reader of JSON has it
	 */
	OpenApiReader(Map<?, ?> document) {
		this.document = document;
	}

	/**
	 * Describe a handler, if the document has it.
	 * @param prefix what stands in front of the mapping's paths
	 */
	Optional<DescribedCall> read(RequestMappingInfo mapping, HandlerMethod handler, String prefix) {
		String pattern = mapping.getPatternValues().iterator().next();
		Map<?, ?> item = object(
				object(this.document.get("paths")).get(pattern.replaceAll("\\{\\*?(\\w+):?[^/]*\\}", "{$1}")));
		String method = HandlerReader.method(mapping, item.containsKey("post") && !item.containsKey("get"));
		Map<?, ?> operation = object(item.get(method.toLowerCase(Locale.ROOT)));
		Set<String> configured = Concealed.configured(handler);
		return operation.isEmpty() ? Optional.empty()
				: Optional.of(new DescribedCall(method, prefix + pattern, parameters(operation, configured),
						body(object(operation.get("requestBody")), configured), output(operation)));
	}

	private List<DescribedCall.Parameter> parameters(Map<?, ?> operation, Set<String> configured) {
		List<DescribedCall.Parameter> parameters = new ArrayList<>();
		for (Object listed : list(operation.get("parameters"))) {
			Map<?, ?> parameter = object(listed);
			DescribedCall.Place place = place(parameter.get("in"));
			if (place == null || !(parameter.get("name") instanceof String name)
					|| (place == DescribedCall.Place.HEADER && Concealed.isHeader(name)) || Texts.isConfigured(name)) {
				continue;
			}
			Map<String, Object> schema = input(
					place(parameter, open(parameter.get("schema"), configured.contains(name))));
			boolean text = place != DescribedCall.Place.QUERY && !"string".equals(schema.get("type"));
			parameters.add(new DescribedCall.Parameter(place,
					(place == DescribedCall.Place.PATH) ? name.replaceAll("\\W", "_") : name,
					Boolean.TRUE.equals(parameter.get("required")), text ? Contents.asText(schema) : schema));
		}
		return parameters;
	}

	private static DescribedCall.@Nullable Place place(@Nullable Object in) {
		return switch (String.valueOf(in)) {
			case "query" -> DescribedCall.Place.QUERY;
			case "path" -> DescribedCall.Place.PATH;
			case "header" -> DescribedCall.Place.HEADER;
			default -> null;
		};
	}

	/** What is said at a place goes before what its schema says. */
	private static Map<String, Object> place(Map<?, ?> place, @Nullable Object schema) {
		Map<String, Object> joined = new LinkedHashMap<>();
		joined.put("allOf", List.of((schema != null) ? schema : Map.of()));
		if (place.get("description") != null) {
			joined.put("description", place.get("description"));
		}
		List<Object> examples = examples(place);
		if (!examples.isEmpty()) {
			joined.put("examples", examples);
		}
		return joined;
	}

	/** Springdoc puts the value of a property in for its placeholder. */
	private static @Nullable Object open(@Nullable Object schema, boolean configured) {
		if (!configured || !(schema instanceof Map<?, ?> rules)) {
			return schema;
		}
		Map<Object, @Nullable Object> open = new LinkedHashMap<>(rules);
		open.remove("default");
		return open;
	}

	private static @Nullable Object fields(@Nullable Object schema, Set<String> configured) {
		if (configured.isEmpty() || !(schema instanceof Map<?, ?> rules)) {
			return schema;
		}
		Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
		object(rules.get("properties")).forEach((name, field) -> fields.put(name,
				open(field, name instanceof String text && configured.contains(text))));
		Map<Object, @Nullable Object> open = new LinkedHashMap<>(rules);
		open.replace("properties", fields);
		return open;
	}

	private static List<Object> examples(Map<?, ?> place) {
		List<Object> examples = new ArrayList<>();
		if (place.get("example") != null) {
			examples.add(place.get("example"));
		}
		object(place.get("examples")).values()
			.stream()
			.map(OpenApiReader::object)
			.map((example) -> example.get("value"))
			.filter((value) -> value != null)
			.forEach(examples::add);
		return examples;
	}

	/** Spring reads a text as it comes, whatever it is called. */
	private DescribedCall.@Nullable Content body(Map<?, ?> body, Set<String> configured) {
		Map.Entry<MediaType, Map<?, ?>> content = content(body);
		if (content == null) {
			return null;
		}
		Map<String, Object> schema = input(
				place(content.getValue(), fields(content.getValue().get("schema"), configured)));
		boolean text = "string".equals(schema.get("type"));
		String type = text ? DescribedCall.Content.TEXT : Contents.bodyType(content.getKey());
		return new DescribedCall.Content(type, null,
				type.equals(DescribedCall.Content.TEXT) ? Contents.asText(schema) : schema);
	}

	private DescribedCall.@Nullable Content output(Map<?, ?> operation) {
		Map<?, ?> responses = object(operation.get("responses"));
		return responses.entrySet()
			.stream()
			.filter((response) -> String.valueOf(response.getKey()).matches("2\\d\\d"))
			.map((response) -> content(object(response.getValue())))
			.filter((content) -> content != null)
			.findFirst()
			.map((content) -> {
				Object schema = content.getValue().get("schema");
				Map<String, Object> plain = PlainSchema.output(place(content.getValue(), schema), this::referenced);
				boolean told = Contents.isJson(content.getKey()) || plain.containsKey("examples");
				return Contents.output(content.getKey(), told ? plain : new LinkedHashMap<>());
			})
			.orElse(null);
	}

	private static Map.@Nullable Entry<MediaType, Map<?, ?>> content(Map<?, ?> place) {
		for (Map.Entry<?, ?> content : object(place.get("content")).entrySet()) {
			try {
				MediaType media = MediaType.parseMediaType(String.valueOf(content.getKey()));
				boolean any = media.isWildcardType();
				return Map.entry(any ? MediaType.APPLICATION_JSON : media, object(content.getValue()));
			}
			catch (InvalidMediaTypeException ex) {
				// The next one may be readable.
			}
		}
		return null;
	}

	private Map<String, Object> input(Map<String, Object> schema) {
		return PlainSchema.input(schema, this::referenced);
	}

	private @Nullable Object referenced(String reference) {
		String[] names = reference.startsWith(COMPONENTS) ? reference.substring(COMPONENTS.length()).split("/")
				: new String[0];
		return (names.length == 2) ? object(object(this.document.get("components")).get(names[0])).get(names[1]) : null;
	}

	private static Map<?, ?> object(@Nullable Object value) {
		return (value instanceof Map<?, ?> map) ? map : Map.of();
	}

	private static List<?> list(@Nullable Object value) {
		return (value instanceof List<?> list) ? list : List.of();
	}

}
