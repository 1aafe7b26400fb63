package io.github.x402sessions.samples.legacy;

import java.io.IOException;
import java.io.PrintWriter;

import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Writes the monthly report. It was written for Servlet 2.5 and has not changed since.
 */
public class ReportServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private static final String[] REGIONS = { "North", "East", "South", "West" };

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		String month = request.getParameter("month");
		if (month == null || !month.matches("[0-9]{4}-[0-9]{2}")) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST, "month must be like 2010-03");
			return;
		}
		response.setContentType("text/html;charset=UTF-8");
		PrintWriter out = response.getWriter();
		out.println("<html><head><title>Report " + month + "</title></head><body>");
		out.println("<h1>Report " + month + "</h1>");
		out.println("<table border=\"1\">");
		for (int i = 0; i < REGIONS.length; i++) {
			out.println("<tr><td>" + REGIONS[i] + "</td><td>" + (month.hashCode() % 97 + 100) * (i + 1) + "</td></tr>");
		}
		out.println("</table></body></html>");
	}

}
