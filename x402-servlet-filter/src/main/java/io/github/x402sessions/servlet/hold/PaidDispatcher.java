package io.github.x402sessions.servlet.hold;

import java.io.IOException;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * A dispatcher of a paid request. Jetty resets the buffer of the response that the client
 * gets before it forwards, which has nothing in it: what is held goes instead.
 */
final class PaidDispatcher implements RequestDispatcher {

	private final RequestDispatcher container;

	PaidDispatcher(RequestDispatcher container) {
		this.container = container;
	}

	@Override
	public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
		if (response.isCommitted()) {
			throw new IllegalStateException("the response is already committed");
		}
		response.resetBuffer();
		this.container.forward(request, response);
	}

	@Override
	public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
		this.container.include(request, response);
	}

}
