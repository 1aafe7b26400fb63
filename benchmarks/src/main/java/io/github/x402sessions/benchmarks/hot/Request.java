package io.github.x402sessions.benchmarks.hot;

import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A GET as a container would hand it over, as far as pricing looks at it, and at no cost.
 */
final class Request extends HttpServletRequestWrapper {

	private static final HttpServletRequest NOTHING = (HttpServletRequest) Proxy.newProxyInstance(
			Request.class.getClassLoader(), new Class<?>[] { HttpServletRequest.class }, (proxy, method, arguments) -> {
				throw new UnsupportedOperationException(method.getName());
			});

	private final String path;

	Request(String path) {
		super(NOTHING);
		this.path = path;
	}

	@Override
	public String getMethod() {
		return "GET";
	}

	@Override
	public String getServletPath() {
		return this.path;
	}

	@Override
	public @Nullable String getPathInfo() {
		return null;
	}

	@Override
	public String getRequestURI() {
		return this.path;
	}

	@Override
	public StringBuffer getRequestURL() {
		return new StringBuffer("http://localhost:8080").append(this.path);
	}

	@Override
	public @Nullable String getQueryString() {
		return null;
	}

	@Override
	public DispatcherType getDispatcherType() {
		return DispatcherType.REQUEST;
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		return null;
	}

	@Override
	public @Nullable String getHeader(String name) {
		return null;
	}

	@Override
	public Enumeration<String> getHeaders(String name) {
		return Collections.enumeration(List.of());
	}

}
