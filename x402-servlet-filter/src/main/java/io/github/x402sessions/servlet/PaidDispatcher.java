package io.github.x402sessions.servlet;

import java.io.IOException;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Forwards and includes within a paid request: what the other servlet answers is held as
 * well.
 */
final class PaidDispatcher implements RequestDispatcher {

	private final RequestDispatcher container;

	private final HeldResponse held;

	PaidDispatcher(RequestDispatcher container, HeldResponse held) {
		this.container = container;
		this.held = held;
	}

	/** Jetty would reset the buffer of the response below, which has nothing in it. */
	@Override
	public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
		if (response.isCommitted()) {
			throw new IllegalStateException("the response is already committed");
		}
		response.resetBuffer();
		this.container.forward(request, PlainResponse.of(response));
	}

	@Override
	public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
		this.held.beginInclude();
		try {
			this.container.include(request, response);
		}
		finally {
			this.held.endInclude();
		}
	}

}
