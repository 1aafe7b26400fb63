package io.github.x402sessions.spring.discovery;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.x402sessions.spring.schema.JsonSchemas;
import io.github.x402sessions.spring.schema.Texts;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.NameValueExpression;

/**
 * The parts of handlers that are nobody else's: who calls, what the operator has
 * configured, and what documents are not to have.
 */
final class Concealed {

	/** Headers that are about the caller, not about the call. */
	private static final List<String> PRIVATE_HEADERS = List.of("authorization", "cookie", "token", "secret",
			"password", "credential", "signature", "session", "api-key", "apikey", "api_key", "x-payment", "forwarded",
			"x-real-ip", "x-internal");

	private Concealed() {
	}

	/** Tell whether a header's name is left out. */
	static boolean isHeader(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return PRIVATE_HEADERS.stream().anyMatch(lower::contains);
	}

	/** Tell whether a condition is that of a secret, which only some callers know. */
	static boolean isCondition(DescribedCall.Place place, NameValueExpression<String> condition) {
		return (place == DescribedCall.Place.HEADER && isHeader(condition.getName()))
				|| Texts.isConfigured(condition.getName()) || Texts.isConfigured(String.valueOf(condition.getValue()));
	}

	/** Tell whether a handler, or all of its class, is left out of documents. */
	static boolean isHidden(HandlerMethod handler) {
		return Stream.of(handler.getMethod().getAnnotations(), handler.getBeanType().getAnnotations())
			.map(Arrays::<Annotation>asList)
			.anyMatch(JsonSchemas::isHidden);
	}

	/** Return the parameters whose default values are the operator's. */
	static Set<String> configured(HandlerMethod handler) {
		return Stream.of(handler.getMethodParameters())
			.filter((parameter) -> defaults(parameter).anyMatch(Texts::isConfigured))
			.flatMap(Concealed::names)
			.filter(Predicate.not(String::isEmpty))
			.collect(Collectors.toSet());
	}

	private static Stream<String> defaults(MethodParameter parameter) {
		return Stream.concat(
				Stream.ofNullable(parameter.getParameterAnnotation(RequestParam.class)).map(RequestParam::defaultValue),
				Stream.ofNullable(parameter.getParameterAnnotation(RequestHeader.class))
					.map(RequestHeader::defaultValue));
	}

	private static Stream<String> names(MethodParameter parameter) {
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		return Stream
			.of(Stream.ofNullable(parameter.getParameterName()),
					Stream.ofNullable(parameter.getParameterAnnotation(RequestParam.class)).map(RequestParam::name),
					Stream.ofNullable(parameter.getParameterAnnotation(RequestHeader.class)).map(RequestHeader::name))
			.flatMap((name) -> name);
	}

}
