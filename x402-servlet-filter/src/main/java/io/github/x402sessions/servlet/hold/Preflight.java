package io.github.x402sessions.servlet.hold;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * A CORS preflight of a priced route. Browsers send no payment with it, so it is free;
 * but anybody can send one, and not every handler minds the method. So it gets a
 * {@link PreflightResponse} alone.
 */
public final class Preflight extends HttpServletRequestWrapper {

	private static final String SENDFILE = "org.apache.tomcat.sendfile.";

	private Preflight(HttpServletRequest request) {
		super(request);
	}

	public static boolean is(HttpServletRequest request) {
		return "OPTIONS".equalsIgnoreCase(request.getMethod()) && request.getHeader("Origin") != null
				&& request.getHeader("Access-Control-Request-Method") != null;
	}

	/** Let the handler answer. */
	public static void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		new PreflightResponse(response).of(new Preflight(request), chain);
	}

	@Override
	public boolean isAsyncSupported() {
		return false;
	}

	@Override
	public AsyncContext startAsync() {
		throw new IllegalStateException("a preflight of a priced route is answered at once");
	}

	@Override
	public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
		return startAsync();
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
		if (!name.startsWith(SENDFILE)) {
			super.setAttribute(name, value);
		}
	}

	@Override
	public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass) throws ServletException {
		throw new ServletException("a preflight cannot change the protocol");
	}

}
