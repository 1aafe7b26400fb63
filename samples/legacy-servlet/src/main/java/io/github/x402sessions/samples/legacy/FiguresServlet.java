package io.github.x402sessions.samples.legacy;

import java.io.IOException;

import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Looks the figures of a month up and lets a JSP show them, by a dispatcher of the
 * context.
 */
public class FiguresServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		String month = request.getParameter("month");
		if (month == null) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST, "month is missing");
			return;
		}
		if (month.compareTo("2010") < 0) {
			throw new IllegalArgumentException("There are no figures before 2010");
		}
		response.setHeader("X-Month", month);
		request.setAttribute("month", month);
		getServletContext().getRequestDispatcher("/WEB-INF/pages/figures.jsp").forward(request, response);
	}

}
