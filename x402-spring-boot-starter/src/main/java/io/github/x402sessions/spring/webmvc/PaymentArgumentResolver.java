package io.github.x402sessions.spring.webmvc;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.servlet.payment.RequestPayment;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives handler methods the {@link Payment} of their request, or the
 * {@link MeteredPayment} by which they charge it step by step. A method that may run for
 * free takes an {@code Optional} of it or marks it as nullable.
 */
public final class PaymentArgumentResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		Class<?> type = type(parameter);
		return type == Payment.class || type == MeteredPayment.class;
	}

	/** Tell whether a method cannot be called without a payment. */
	static boolean isRequiredBy(Method method) {
		PaymentArgumentResolver resolver = new PaymentArgumentResolver();
		return IntStream.range(0, method.getParameterCount())
			.mapToObj((index) -> new MethodParameter(method, index))
			.anyMatch((parameter) -> resolver.supportsParameter(parameter) && !parameter.isOptional());
	}

	private static Class<?> type(MethodParameter parameter) {
		return parameter.nestedIfOptional().getNestedParameterType();
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
		HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
		Optional<?> payment = (http != null) ? find(http, type(parameter)) : Optional.empty();
		if (parameter.getParameterType() == Optional.class) {
			return payment;
		}
		if (payment.isEmpty() && !parameter.isOptional()) {
			throw new IllegalStateException("there is no payment for " + parameter.getExecutable()
					+ ": it runs for free; take an Optional of it or put a price on it");
		}
		return payment.orElse(null);
	}

	private static Optional<?> find(HttpServletRequest request, Class<?> type) {
		return (type == MeteredPayment.class) ? RequestPayment.metered(request) : RequestPayment.of(request);
	}

}
