package io.github.x402sessions.mcp.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.mcp.ToolPayment;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.method.tool.AbstractMcpToolMethodCallback;
import org.springframework.ai.mcp.annotation.method.tool.AsyncMcpToolMethodCallback;
import org.springframework.ai.mcp.annotation.method.tool.AsyncStatelessMcpToolMethodCallback;
import org.springframework.ai.mcp.annotation.method.tool.ReturnMode;
import org.springframework.ai.mcp.annotation.method.tool.SyncMcpToolMethodCallback;
import org.springframework.ai.mcp.annotation.method.tool.SyncStatelessMcpToolMethodCallback;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.core.MethodParameter;
import org.springframework.util.ReflectionUtils;

/**
 * Gives the method of a tool the {@link Payment} of its call, or the
 * {@link MeteredPayment} by which it charges it step by step. A method that may run for
 * free takes an {@code Optional} of it or marks it as nullable. Clients know nothing of
 * such arguments and can send none.
 */
final class PaymentArguments {

	private final Method method;

	private final List<Parameter> parameters;

	private final Object bean;

	private final AbstractMcpToolMethodCallback<?, ?> callback;

	private PaymentArguments(AbstractMcpToolMethodCallback<?, ?> callback, Method method, List<Parameter> parameters) {
		this.callback = callback;
		this.method = method;
		this.parameters = parameters;
		this.bean = field(callback, "toolObject");
	}

	/**
	 * Find the arguments of a tool.
	 * @param handler the tool's handler, as Spring AI has made it
	 * @return the arguments, or empty if the tool takes none
	 * @throws InvalidX402ConfigurationException if its method cannot be given any
	 */
	static Optional<PaymentArguments> of(Object handler) {
		if (!(handler instanceof AbstractMcpToolMethodCallback<?, ?> callback)) {
			return Optional.empty();
		}
		Method method = (Method) field(callback, "toolMethod");
		List<Parameter> parameters = Arrays.stream(method.getParameters())
			.filter((parameter) -> isPayment(type(parameter)))
			.toList();
		if (parameters.isEmpty()) {
			return Optional.empty();
		}
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isFinal(modifiers) || Modifier.isStatic(modifiers)
				|| Modifier.isFinal(method.getDeclaringClass().getModifiers())) {
			throw new InvalidX402ConfigurationException(
					"@McpTool on " + method.getDeclaringClass().getName() + "#" + method.getName(),
					"a method with a Payment must be neither private nor static, and neither it nor its class final",
					"Make the method and its class such that a proxy can stand in front of them.");
		}
		return Optional.of(new PaymentArguments(callback, method, parameters));
	}

	private static Class<?> type(Parameter parameter) {
		return MethodParameter.forParameter(parameter).nestedIfOptional().getNestedParameterType();
	}

	private static boolean isPayment(Class<?> type) {
		return type == Payment.class || type == MeteredPayment.class;
	}

	/** Return the names by which clients would send the arguments. */
	List<String> names() {
		return this.parameters.stream().map(Parameter::getName).toList();
	}

	/**
	 * Return the handler of a call: Spring AI's, in front of a bean that knows the
	 * payment.
	 */
	@SuppressWarnings("unchecked")
	<X, R> BiFunction<X, CallToolRequest, R> handler() {
		return (exchange, request) -> ((BiFunction<X, CallToolRequest, R>) handler(ToolPayment.of(request)))
			.apply(exchange, withoutPayments(request));
	}

	private CallToolRequest withoutPayments(CallToolRequest request) {
		Map<String, Object> arguments = new LinkedHashMap<>();
		if (request.arguments() != null) {
			arguments.putAll(request.arguments());
		}
		names().forEach(arguments::remove);
		return new CallToolRequest(request.name(), arguments, request.meta());
	}

	private Object handler(Optional<Payment> payment) {
		Object bean = bean(payment);
		ReturnMode mode = (ReturnMode) field(this.callback, "returnMode");
		if (this.callback instanceof SyncMcpToolMethodCallback) {
			return new SyncMcpToolMethodCallback(mode, this.method, bean);
		}
		if (this.callback instanceof AsyncMcpToolMethodCallback) {
			return new AsyncMcpToolMethodCallback(mode, this.method, bean);
		}
		if (this.callback instanceof SyncStatelessMcpToolMethodCallback) {
			return new SyncStatelessMcpToolMethodCallback(mode, this.method, bean);
		}
		if (this.callback instanceof AsyncStatelessMcpToolMethodCallback) {
			return new AsyncStatelessMcpToolMethodCallback(mode, this.method, bean);
		}
		throw new IllegalStateException(
				"tools of " + this.callback.getClass().getName() + " cannot be given a payment");
	}

	private Object bean(Optional<Payment> payment) {
		ProxyFactory proxy = new ProxyFactory(this.bean);
		proxy.setProxyTargetClass(true);
		proxy.addAdvice((MethodInterceptor) (invocation) -> {
			if (invocation.getMethod().equals(this.method)) {
				fill(invocation.getArguments(), payment);
			}
			return invocation.proceed();
		});
		return proxy.getProxy(this.bean.getClass().getClassLoader());
	}

	private void fill(@Nullable Object[] arguments, Optional<Payment> payment) {
		Parameter[] all = this.method.getParameters();
		for (int i = 0; i < all.length; i++) {
			if (this.parameters.contains(all[i])) {
				arguments[i] = argument(MethodParameter.forParameter(all[i]), payment);
			}
		}
	}

	private static @Nullable Object argument(MethodParameter parameter, Optional<Payment> payment) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		Optional<?> found = (type == MeteredPayment.class) ? payment.map(MeteredPayment::of) : payment;
		if (parameter.getParameterType() == Optional.class) {
			return found;
		}
		if (found.isEmpty() && !parameter.isOptional()) {
			throw new IllegalStateException("there is no payment for " + parameter.getExecutable()
					+ ": it runs for free; take an Optional of it or put a price on it");
		}
		return found.orElse(null);
	}

	private static Object field(Object callback, String name) {
		Field field = Objects.requireNonNull(ReflectionUtils.findField(callback.getClass(), name),
				() -> "Spring AI has no " + name);
		ReflectionUtils.makeAccessible(field);
		return Objects.requireNonNull(ReflectionUtils.getField(field, callback), name);
	}

}
