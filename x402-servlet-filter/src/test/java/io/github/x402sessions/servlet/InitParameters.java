package io.github.x402sessions.servlet;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.x402sessions.servlet.webxml.FilterParameters;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

/**
 * What a container gives a filter named {@code payments} at start, without a container.
 */
public final class InitParameters {

	public static final String MERCHANT = "GDWUSKGGFDI4FRXK5EBTRECZSVQSSWJHHJOGH6JWG3AUMFFMQ435DIAG";

	final Map<String, String> initParameters = new LinkedHashMap<>();

	final Map<String, String> environment = new HashMap<>();

	final Map<String, String> properties = new HashMap<>();

	public final Map<String, String> resources = new HashMap<>();

	public Collection<String> urlPatterns = List.of("/*");

	/** A configuration that works. */
	public static InitParameters complete() {
		return new InitParameters().with("facilitatorUrl", "http://localhost:9")
			.with("payTo", MERCHANT)
			.with("routes", "GET /api/quote 0.01");
	}

	InitParameters with(String name, String value) {
		this.initParameters.put(name, value);
		return this;
	}

	InitParameters without(String name) {
		this.initParameters.remove(name);
		return this;
	}

	/** Set a filter up and let go of it. */
	void filter() throws ServletException {
		WebXmlSetup.of(config(), this.properties::get, this.environment::get).close();
	}

	FilterParameters parameters() {
		return new FilterParameters(config(), this.properties::get, this.environment::get);
	}

	public FilterConfig config() {
		return new FilterConfig() {

			@Override
			public String getFilterName() {
				return "payments";
			}

			@Override
			public ServletContext getServletContext() {
				return context();
			}

			@Override
			public String getInitParameter(String name) {
				return InitParameters.this.initParameters.get(name);
			}

			@Override
			public Enumeration<String> getInitParameterNames() {
				return Collections.enumeration(InitParameters.this.initParameters.keySet());
			}

		};
	}

	public ServletContext context() {
		return proxy(ServletContext.class, (name, argument) -> switch (name) {
			case "getContextPath" -> "/shop";
			case "getResourceAsStream" -> this.resources.containsKey(argument)
					? new ByteArrayInputStream(this.resources.get(argument).getBytes(StandardCharsets.UTF_8)) : null;
			case "getFilterRegistration" -> registration();
			default -> throw new UnsupportedOperationException(name);
		});
	}

	private FilterRegistration registration() {
		return proxy(FilterRegistration.class, (name, argument) -> switch (name) {
			case "getServletNameMappings" -> List.of();
			case "getUrlPatternMappings" -> this.urlPatterns;
			default -> throw new UnsupportedOperationException(name);
		});
	}

	private static <T> T proxy(Class<T> type, Call call) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method,
				arguments) -> call.on(method.getName(), (arguments != null) ? (String) arguments[0] : null)));
	}

	/** A method with one text or none. */
	private interface Call {

		Object on(String name, String argument);

	}

}
