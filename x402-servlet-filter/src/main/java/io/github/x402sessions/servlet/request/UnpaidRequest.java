package io.github.x402sessions.servlet.request;

import java.io.IOException;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A request that is let through unpaid. Asynchronous handling goes on with the request
 * and the response that the handler was given; by itself the container would go on with
 * its own, which hide no payment headers and keep no answer private.
 */
public final class UnpaidRequest extends HttpServletRequestWrapper {

	private final HttpServletResponse response;

	private UnpaidRequest(HttpServletRequest request, HttpServletResponse response) {
		super(request);
		this.response = response;
	}

	/** Let the handler run. */
	public static void run(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(new UnpaidRequest(request, response), response);
	}

	@Override
	public AsyncContext startAsync() {
		return startAsync(this, this.response);
	}

}
