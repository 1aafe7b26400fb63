package io.github.x402sessions.webflux.route;

import java.util.Optional;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.webflux.ExchangePayment;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives handler methods the {@link Payment} of their exchange, or the
 * {@link MeteredPayment} by which they charge it step by step. A method that may run for
 * free takes an {@code Optional} of it or marks it as nullable.
 */
public final class ExchangePaymentResolver implements SyncHandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		Class<?> type = type(parameter);
		return type == Payment.class || type == MeteredPayment.class;
	}

	private static Class<?> type(MethodParameter parameter) {
		return parameter.nestedIfOptional().getNestedParameterType();
	}

	@Override
	public @Nullable Object resolveArgumentValue(MethodParameter parameter, BindingContext binding,
			ServerWebExchange exchange) {
		Optional<?> payment = (type(parameter) == MeteredPayment.class) ? ExchangePayment.metered(exchange)
				: ExchangePayment.of(exchange);
		if (parameter.getParameterType() == Optional.class) {
			return payment;
		}
		if (payment.isEmpty() && !parameter.isOptional()) {
			throw new IllegalStateException("there is no payment for " + parameter.getExecutable()
					+ ": it runs for free; take an Optional of it or put a price on it");
		}
		return payment.orElse(null);
	}

}
