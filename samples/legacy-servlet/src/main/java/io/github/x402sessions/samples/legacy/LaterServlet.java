package io.github.x402sessions.samples.legacy;

import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Gives its thread back while the figures are made, and goes on with them from another
 * one.
 */
public class LaterServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext later = request.startAsync();
		later.start(() -> later.dispatch("/figures"));
	}

}
