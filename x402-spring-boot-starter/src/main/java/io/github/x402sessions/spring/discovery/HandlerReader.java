package io.github.x402sessions.spring.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.x402sessions.spring.schema.JsonSchemas;
import io.github.x402sessions.spring.schema.Texts;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * Describes a handler method by its mapping and its signature.
 */
final class HandlerReader {

	/** Methods in the order that a handler of several is described by. */
	private static final List<RequestMethod> METHODS = List.of(RequestMethod.GET, RequestMethod.POST, RequestMethod.PUT,
			RequestMethod.PATCH, RequestMethod.DELETE, RequestMethod.HEAD);

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
		HandlerSignature signature = new HandlerSignature(mapping, this.schemas, this.resolvers);
		for (MethodParameter parameter : handler.getMethodParameters()) {
			signature.add(parameter);
		}
		signature.addConditions();
		String method = method(mapping, signature.hasBody());
		String path = prefix + mapping.getPatternValues().iterator().next();
		return new DescribedCall(method, path, signature.parameters(), signature.body(), output(mapping, handler));
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
