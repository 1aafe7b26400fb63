package io.github.x402sessions.spring.discovery;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.spring.schema.Examples;
import io.github.x402sessions.spring.schema.JsonSchemas;
import io.github.x402sessions.spring.schema.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.ModelAttributeMethodProcessor;
import org.springframework.web.method.annotation.RequestParamMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.condition.NameValueExpression;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Describes a handler method by its mapping and its signature.
 */
final class HandlerReader {

	/** Methods in the order that a handler of several is described by. */
	private static final List<RequestMethod> METHODS = List.of(RequestMethod.GET, RequestMethod.POST, RequestMethod.PUT,
			RequestMethod.PATCH, RequestMethod.DELETE, RequestMethod.HEAD);

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final JsonSchemas schemas;

	private final Supplier<List<HandlerMethodArgumentResolver>> resolvers;

	/**
	 * Create a reader.
	 * @param schemas describes types
	 * @param resolvers tell what arguments without an annotation are made of
	 */
	HandlerReader(JsonSchemas schemas, Supplier<List<HandlerMethodArgumentResolver>> resolvers) {
		this.schemas = schemas;
		this.resolvers = resolvers;
	}

	/**
	 * Describe a handler.
	 * @param prefix what stands in front of the mapping's paths
	 */
	DescribedCall read(RequestMappingInfo mapping, HandlerMethod handler, String prefix) {
		Signature signature = new Signature(mapping);
		for (MethodParameter parameter : handler.getMethodParameters()) {
			parameter.initParameterNameDiscovery(NAMES);
			signature.add(parameter);
		}
		signature.addConditions();
		String method = method(mapping, signature.hasBody());
		String path = prefix + mapping.getPatternValues().iterator().next();
		return new DescribedCall(method, path, List.copyOf(signature.parameters.values()), signature.body(),
				output(mapping, handler));
	}

	/** Return the method that a handler is called by. */
	static String method(RequestMappingInfo mapping, boolean hasBody) {
		Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
		if (methods.isEmpty()) {
			return hasBody ? "POST" : "GET";
		}
		return METHODS.stream().filter(methods::contains).findFirst().orElseGet(() -> methods.iterator().next()).name();
	}

	private DescribedCall.@Nullable Content output(RequestMappingInfo mapping, HandlerMethod handler) {
		ResolvableType type = ReturnTypes
			.content(ResolvableType.forMethodReturnType(handler.getMethod(), handler.getBeanType()));
		MediaType produced = mapping.getProducesCondition()
			.getProducibleMediaTypes()
			.stream()
			.filter(MediaType::isConcrete)
			.findFirst()
			.orElse(null);
		MediaType media = (produced != null) ? produced : ReturnTypes.mediaType(type);
		if (media == null) {
			return null;
		}
		boolean json = MediaType.APPLICATION_JSON.isCompatibleWith(media) || media.getSubtype().endsWith("+json");
		Map<String, Object> schema = json && !ReturnTypes.isOpaque(type) ? this.schemas.output(type.getType())
				: new LinkedHashMap<>();
		return Contents.output(media, schema);
	}

	/** What is found in the signature of a method. */
	private final class Signature {

		private final RequestMappingInfo mapping;

		private final Map<String, DescribedCall.Parameter> parameters = new LinkedHashMap<>();

		private final Map<String, Object> fields = new LinkedHashMap<>();

		private final List<String> requiredFields = new ArrayList<>();

		private @Nullable Map<String, Object> whole;

		private boolean text;

		Signature(RequestMappingInfo mapping) {
			this.mapping = mapping;
		}

		void add(MethodParameter parameter) {
			Collection<Annotation> place = Arrays.asList(parameter.getParameterAnnotations());
			if (JsonSchemas.isHidden(place)) {
				return;
			}
			RequestParam param = parameter.getParameterAnnotation(RequestParam.class);
			RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
			PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
			RequestPart part = parameter.getParameterAnnotation(RequestPart.class);
			if (param != null) {
				value(parameter, name(parameter, param.name()), param.required(), param.defaultValue(), place);
			}
			else if (header != null) {
				String name = name(parameter, header.name());
				if (name != null && !Concealed.isHeader(name)) {
					put(DescribedCall.Place.HEADER, name,
							isRequired(parameter, header.required(), header.defaultValue()),
							texts(schema(parameter, header.defaultValue(), place)));
				}
			}
			else if (variable != null) {
				String name = name(parameter, variable.name());
				if (name != null && !Map.class.isAssignableFrom(parameter.getParameterType())) {
					put(DescribedCall.Place.PATH, name.replaceAll("\\W", "_"), true,
							texts(schema(parameter, ValueConstants.DEFAULT_NONE, place)));
				}
			}
			else if (part != null) {
				field(name(parameter, part.name()), schema(parameter, ValueConstants.DEFAULT_NONE, place),
						isRequired(parameter, part.required(), ValueConstants.DEFAULT_NONE));
			}
			else if (parameter.hasParameterAnnotation(RequestBody.class)
					|| HttpEntity.class.isAssignableFrom(parameter.getParameterType())) {
				body(parameter, place);
			}
			else {
				unannotated(parameter, place);
			}
		}

		private void unannotated(MethodParameter parameter, Collection<Annotation> place) {
			HandlerMethodArgumentResolver resolver = HandlerReader.this.resolvers.get()
				.stream()
				.filter((candidate) -> candidate.supportsParameter(parameter))
				.findFirst()
				.orElse(null);
			if (resolver instanceof RequestParamMethodArgumentResolver) {
				value(parameter, name(parameter, ""), false, ValueConstants.DEFAULT_NONE, place);
			}
			else if (resolver instanceof ModelAttributeMethodProcessor) {
				Map<String, Object> schema = HandlerReader.this.schemas.input(type(parameter), place);
				if (schema.get("properties") instanceof Map<?, ?> members) {
					List<?> required = (schema.get("required") instanceof List<?> list) ? list : List.of();
					members.forEach(
							(name, member) -> value(String.valueOf(name), members(member), required.contains(name)));
				}
			}
		}

		@SuppressWarnings("unchecked")
		private static Map<String, Object> members(Object schema) {
			return (Map<String, Object>) schema;
		}

		private void value(MethodParameter parameter, @Nullable String name, boolean required, String defaultValue,
				Collection<Annotation> place) {
			boolean file = isFile(parameter);
			boolean all = Map.class.isAssignableFrom(parameter.getParameterType());
			if (name != null && !all) {
				Map<String, Object> schema = schema(parameter, defaultValue, place);
				boolean needed = isRequired(parameter, required, defaultValue) || JsonSchemas.isRequired(place);
				if (file) {
					field(name, schema, needed);
				}
				else {
					value(name, schema, needed);
				}
			}
		}

		/** Spring takes a parameter from the query and from a form alike. */
		private void value(String name, Map<String, Object> schema, boolean required) {
			if (isForm()) {
				field(name, schema, required);
			}
			else {
				put(DescribedCall.Place.QUERY, name, required, schema);
			}
		}

		private boolean isForm() {
			return this.mapping.getConsumesCondition()
				.getConsumableMediaTypes()
				.stream()
				.anyMatch((type) -> type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)
						|| type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA));
		}

		private void field(@Nullable String name, Map<String, Object> schema, boolean required) {
			if (name != null) {
				this.fields.put(name, schema);
				if (required) {
					this.requiredFields.add(name);
				}
			}
		}

		private void body(MethodParameter parameter, Collection<Annotation> place) {
			ResolvableType type = ReturnTypes.content(ResolvableType.forMethodParameter(parameter));
			this.text = ReturnTypes.isOpaque(type);
			this.whole = this.text ? new LinkedHashMap<>(Map.of("type", "string"))
					: HandlerReader.this.schemas.input(type.getType(), place);
		}

		boolean hasBody() {
			return this.whole != null || !this.fields.isEmpty() || isForm();
		}

		DescribedCall.@Nullable Content body() {
			if (this.whole != null) {
				return new DescribedCall.Content(this.text ? DescribedCall.Content.TEXT : DescribedCall.Content.JSON,
						null, this.whole);
			}
			if (!hasBody()) {
				return null;
			}
			Map<String, Object> schema = new LinkedHashMap<>();
			schema.put("type", "object");
			schema.put("properties", this.fields);
			if (!this.requiredFields.isEmpty()) {
				schema.put("required", this.requiredFields);
			}
			return new DescribedCall.Content(DescribedCall.Content.FORM, null, schema);
		}

		/** A handler may be chosen by what the values of parameters are. */
		void addConditions() {
			conditions(DescribedCall.Place.QUERY, this.mapping.getParamsCondition().getExpressions());
			conditions(DescribedCall.Place.HEADER, this.mapping.getHeadersCondition().getExpressions());
		}

		private void conditions(DescribedCall.Place place, Set<NameValueExpression<String>> expressions) {
			for (NameValueExpression<String> expression : expressions) {
				if (!expression.isNegated() && expression.getValue() != null
						&& !Concealed.isCondition(place, expression)) {
					put(place, expression.getName(), true,
							new LinkedHashMap<>(Map.of("type", "string", "const", expression.getValue())));
				}
			}
		}

		private void put(DescribedCall.Place place, String name, boolean required, Map<String, Object> schema) {
			this.parameters.put(place + " " + name, new DescribedCall.Parameter(place, name, required, schema));
		}

		private Map<String, Object> schema(MethodParameter parameter, String defaultValue,
				Collection<Annotation> place) {
			if (isFile(parameter)) {
				return new LinkedHashMap<>(Map.of("type", "string", "format", "binary"));
			}
			Map<String, Object> schema = HandlerReader.this.schemas.input(type(parameter), place);
			if (!defaultValue.equals(ValueConstants.DEFAULT_NONE) && !Texts.isConfigured(defaultValue)) {
				Examples.offer(schema, defaultValue, false);
			}
			return schema;
		}

		/** The path and the headers have nothing but texts. */
		private static Map<String, Object> texts(Map<String, Object> schema) {
			return "string".equals(schema.get("type")) ? schema : Contents.asText(schema);
		}

	}

	private static boolean isFile(MethodParameter parameter) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		return MultipartFile.class.isAssignableFrom(type) || type.getName().equals("jakarta.servlet.http.Part");
	}

	private static Type type(MethodParameter parameter) {
		return ResolvableType.forMethodParameter(parameter).getType();
	}

	private static @Nullable String name(MethodParameter parameter, String declared) {
		return declared.isEmpty() ? parameter.getParameterName() : Texts.isConfigured(declared) ? null : declared;
	}

	private static boolean isRequired(MethodParameter parameter, boolean required, String defaultValue) {
		return required && defaultValue.equals(ValueConstants.DEFAULT_NONE) && !parameter.isOptional();
	}

	/** Return what an operation is called in a document, where an annotation says so. */
	static Optional<String> summary(HandlerMethod handler) {
		return Stream.of(handler.getMethod().getAnnotations())
			.filter((annotation) -> annotation.annotationType()
				.getName()
				.equals("io.swagger.v3.oas.annotations.Operation"))
			.map(AnnotationUtils::getAnnotationAttributes)
			.flatMap((attributes) -> Stream.of(attributes.get("summary"), attributes.get("description")))
			.filter(Objects::nonNull)
			.map(String::valueOf)
			.filter((text) -> !text.isBlank() && !Texts.isConfigured(text))
			.findFirst();
	}

}
