package io.github.x402sessions.servlet.hold;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * A paid request. Asynchronous handling goes on with the held response.
 */
final class PaidRequest extends HttpServletRequestWrapper {

	private static final String SENDFILE = "org.apache.tomcat.sendfile.";

	private final PaidExchange exchange;

	PaidRequest(HttpServletRequest request, PaidExchange exchange) {
		super(request);
		this.exchange = exchange;
	}

	static boolean isIn(ServletRequest request) {
		return request instanceof PaidRequest
				|| (request instanceof ServletRequestWrapper wrapper && wrapper.isWrapperFor(PaidRequest.class));
	}

	@Override
	public AsyncContext startAsync() {
		return startAsync(this, this.exchange.response());
	}

	/**
	 * Start asynchronous handling.
	 * @throws IllegalStateException if the response is not the held one or a wrapper of
	 * it: what is written to another would leave unpaid
	 */
	@Override
	public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
		return this.exchange.startAsync(() -> super.startAsync(request, response), request, response);
	}

	/** Where there is none, containers throw; MockMvc's request returns null. */
	@Override
	public @Nullable AsyncContext getAsyncContext() {
		return (super.getAsyncContext() != null) ? this.exchange.asyncContext() : null;
	}

	@Override
	public @Nullable RequestDispatcher getRequestDispatcher(String path) {
		RequestDispatcher container = super.getRequestDispatcher(path);
		return (container != null) ? new PaidDispatcher(container) : null;
	}

	/** Tomcat would send a file past the held response, whatever becomes of it. */
	@Override
	public @Nullable Object getAttribute(String name) {
		return name.equals(SENDFILE + "support") ? false : super.getAttribute(name);
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
		if (!name.startsWith(SENDFILE)) {
			super.setAttribute(name, value);
		}
	}

	@Override
	public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass) throws ServletException {
		throw new ServletException("a priced route cannot change the protocol: what follows would leave unpaid");
	}

}
