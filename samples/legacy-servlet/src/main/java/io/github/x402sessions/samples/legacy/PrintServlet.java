package io.github.x402sessions.samples.legacy;

import java.io.IOException;

import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Makes a page to print around the report, which it includes by the name of its servlet.
 */
public class PrintServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		response.setContentType("text/html");
		response.getWriter().println("<!-- \u00a9 2010, page 1 of 2 -->");
		response.flushBuffer();
		getServletContext().getNamedDispatcher("report").include(request, response);
		response.getWriter().println("<!-- \u00a9 2010, page 2 of 2 -->");
	}

}
