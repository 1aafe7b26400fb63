package io.github.x402sessions.servlet;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A response that is another but no {@code ServletResponseWrapper}. After a forward,
 * Tomcat unwraps wrappers and closes the response that the client gets, past what is
 * held. A proxy, because the methods of {@code javax} and {@code jakarta} differ.
 */
final class PlainResponse implements InvocationHandler {

	private final ServletResponse target;

	private PlainResponse(ServletResponse target) {
		this.target = target;
	}

	static HttpServletResponse of(ServletResponse target) {
		return (HttpServletResponse) Proxy.newProxyInstance(PlainResponse.class.getClassLoader(),
				new Class<?>[] { HttpServletResponse.class }, new PlainResponse(target));
	}

	/** Return what is behind a plain response, or the response itself. */
	static ServletResponse unwrap(ServletResponse response) {
		return (Proxy.isProxyClass(response.getClass())
				&& Proxy.getInvocationHandler(response) instanceof PlainResponse plain) ? plain.target : response;
	}

	@Override
	@SuppressWarnings("ReferenceEquality")
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		if (method.getName().equals("equals")) {
			return arguments != null && proxy == arguments[0];
		}
		try {
			return method.invoke(this.target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
