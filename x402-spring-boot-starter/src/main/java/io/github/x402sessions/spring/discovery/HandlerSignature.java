package io.github.x402sessions.spring.discovery;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.x402sessions.spring.schema.Examples;
import io.github.x402sessions.spring.schema.JsonSchemas;
import io.github.x402sessions.spring.schema.Texts;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.annotation.ModelAttributeMethodProcessor;
import org.springframework.web.method.annotation.RequestParamMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.condition.NameValueExpression;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * The signature of a handler method: each parameter in the part of the request that
 * Spring takes it from. Not thread-safe.
 */
final class HandlerSignature {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final RequestMappingInfo mapping;

	private final JsonSchemas schemas;

	private final Supplier<List<HandlerMethodArgumentResolver>> resolvers;

	private final Map<String, DescribedCall.Parameter> parameters = new LinkedHashMap<>();

	private final Map<String, Object> fields = new LinkedHashMap<>();

	private final List<String> requiredFields = new ArrayList<>();

	private @Nullable Map<String, Object> whole;

	private boolean text;

	/**
	 * Begin with the method's mapping.
	 * @param schemas describes types
	 * @param resolvers tell what arguments without an annotation are made of
	 */
	HandlerSignature(RequestMappingInfo mapping, JsonSchemas schemas,
			Supplier<List<HandlerMethodArgumentResolver>> resolvers) {
		this.mapping = mapping;
		this.schemas = schemas;
		this.resolvers = resolvers;
	}

	List<DescribedCall.Parameter> parameters() {
		return List.copyOf(this.parameters.values());
	}

	void add(MethodParameter parameter) {
		parameter.initParameterNameDiscovery(NAMES);
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
				put(DescribedCall.Place.HEADER, name, isRequired(parameter, header.required(), header.defaultValue()),
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
		HandlerMethodArgumentResolver resolver = this.resolvers.get()
			.stream()
			.filter((candidate) -> candidate.supportsParameter(parameter))
			.findFirst()
			.orElse(null);
		if (resolver instanceof RequestParamMethodArgumentResolver) {
			value(parameter, name(parameter, ""), false, ValueConstants.DEFAULT_NONE, place);
		}
		else if (resolver instanceof ModelAttributeMethodProcessor) {
			Map<String, Object> schema = this.schemas.input(type(parameter), place);
			if (schema.get("properties") instanceof Map<?, ?> members) {
				List<?> required = (schema.get("required") instanceof List<?> list) ? list : List.of();
				members
					.forEach((name, member) -> value(String.valueOf(name), members(member), required.contains(name)));
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
				: this.schemas.input(type.getType(), place);
	}

	boolean hasBody() {
		return this.whole != null || !this.fields.isEmpty() || isForm();
	}

	DescribedCall.@Nullable Content body() {
		if (this.whole != null) {
			return new DescribedCall.Content(this.text ? DescribedCall.Content.TEXT : DescribedCall.Content.JSON, null,
					this.whole);
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
			if (!expression.isNegated() && expression.getValue() != null && !Concealed.isCondition(place, expression)) {
				put(place, expression.getName(), true,
						new LinkedHashMap<>(Map.of("type", "string", "const", expression.getValue())));
			}
		}
	}

	private void put(DescribedCall.Place place, String name, boolean required, Map<String, Object> schema) {
		this.parameters.put(place + " " + name, new DescribedCall.Parameter(place, name, required, schema));
	}

	private Map<String, Object> schema(MethodParameter parameter, String defaultValue, Collection<Annotation> place) {
		if (isFile(parameter)) {
			return new LinkedHashMap<>(Map.of("type", "string", "format", "binary"));
		}
		Map<String, Object> schema = this.schemas.input(type(parameter), place);
		if (!defaultValue.equals(ValueConstants.DEFAULT_NONE) && !Texts.isConfigured(defaultValue)) {
			Examples.offer(schema, defaultValue, false);
		}
		return schema;
	}

	/** The path and the headers have nothing but texts. */
	private static Map<String, Object> texts(Map<String, Object> schema) {
		return "string".equals(schema.get("type")) ? schema : Contents.asText(schema);
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

}
