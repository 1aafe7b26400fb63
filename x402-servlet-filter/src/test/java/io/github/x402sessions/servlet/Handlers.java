package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * The ways in which servlets answer. Each leaves the word {@code goods} somewhere.
 */
public final class Handlers {

	public static final String GOODS = "goods";

	private Handlers() {
	}

	/** The handlers by name. */
	static Map<String, Handler> all() {
		Map<String, Handler> handlers = new TreeMap<>();
		handlers.put("writer", (request, response) -> {
			response.setContentType("text/plain;charset=UTF-8");
			response.getWriter().print(GOODS + " für dich");
		});
		handlers.put("stream", (request, response) -> response.getOutputStream().print(GOODS));
		handlers.put("headerOnly", (request, response) -> response.setHeader("X-Goods", GOODS));
		handlers.put("cookie", (request, response) -> response.addCookie(new Cookie(GOODS, GOODS)));
		handlers.put("session", (request, response) -> {
			request.getSession(true);
			response.setHeader("X-Goods", GOODS);
		});
		handlers.put("redirect", (request, response) -> response.sendRedirect("/" + GOODS));
		handlers.put("redirectByHeader", (request, response) -> {
			response.setStatus(303);
			response.setHeader("Location", "/" + GOODS);
		});
		if (Stream.of(HttpServletResponse.class.getMethods())
			.anyMatch((method) -> method.getName().equals("sendRedirect") && method.getParameterCount() == 3)) {
			handlers.put("redirectWithStatus", (request, response) -> response.sendRedirect("/" + GOODS, 303));
			handlers.put("redirectWithBody", (request, response) -> {
				response.getWriter().print(GOODS);
				response.sendRedirect("/" + GOODS, false);
			});
			handlers.put("redirectWithBoth", (request, response) -> {
				response.getWriter().print(GOODS);
				response.sendRedirect("/" + GOODS, 307, false);
			});
		}
		handlers.put("contentLength", (request, response) -> {
			response.setContentLength(12345);
			response.setHeader("X-Goods", GOODS);
			response.getOutputStream().write((GOODS + " ".repeat(12345 - GOODS.length())).getBytes());
		});
		handlers.put("flushed", (request, response) -> {
			response.getWriter().print(GOODS);
			response.flushBuffer();
			response.getWriter().print(GOODS);
		});
		handlers.put("streamFlushed", (request, response) -> {
			response.getOutputStream().print(GOODS);
			response.getOutputStream().flush();
			response.getOutputStream().print(GOODS);
		});
		handlers.put("overBudget", (request, response) -> {
			for (int i = 0; i < 2000; i++) {
				response.getOutputStream().print(GOODS + " ".repeat(100));
			}
		});
		handlers.put("noContent", (request, response) -> {
			response.setHeader("X-Goods", GOODS);
			response.setStatus(204);
		});
		handlers.put("stubborn", (request, response) -> {
			try {
				response.getOutputStream().print(GOODS);
				response.flushBuffer();
				response.getOutputStream().print(GOODS);
			}
			catch (IOException ex) {
				response.setHeader("X-Goods", GOODS);
				throw new IllegalStateException(GOODS, ex);
			}
		});
		handlers.put("forward", (request, response) -> {
			response.getOutputStream().print("not this");
			response.setHeader("X-Goods", GOODS);
			request.getRequestDispatcher("/free/stream?x=1").forward(request, response);
		});
		handlers.put("forwardWrapped", (request, response) -> request.getRequestDispatcher("/free/stream")
			.forward(request, new HttpServletResponseWrapper(response)));
		handlers.put("include", (request, response) -> {
			response.getWriter().print(GOODS + " and ");
			request.getRequestDispatcher("/free/headerOnly").include(request, response);
			request.getRequestDispatcher("/free/writer").include(request, response);
		});
		handlers.putAll(AsyncHandlers.all());
		handlers.putAll(WriteListenerHandlers.all());
		return handlers;
	}

	/** A servlet method. */
	@FunctionalInterface
	public interface Handler {

		void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;

		default HttpServlet servlet() {
			return new HttpServlet() {

				@Override
				protected void doGet(HttpServletRequest request, HttpServletResponse response)
						throws IOException, ServletException {
					handle(request, response);
				}

				@Override
				protected void doPost(HttpServletRequest request, HttpServletResponse response)
						throws IOException, ServletException {
					handle(request, response);
				}

				@Override
				protected void doPut(HttpServletRequest request, HttpServletResponse response)
						throws IOException, ServletException {
					handle(request, response);
				}

			};
		}

	}

}
