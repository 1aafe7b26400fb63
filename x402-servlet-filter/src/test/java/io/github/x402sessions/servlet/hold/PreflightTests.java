package io.github.x402sessions.servlet.hold;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.servlet.Container;
import io.github.x402sessions.servlet.Handlers;
import io.github.x402sessions.servlet.PaidContainer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Preflights of handlers that answer whatever the method is: only what a preflight is
 * about leaves, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class PreflightTests {

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		Map<String, Handlers.Handler> handlers = new HashMap<>();
		handlers.put("headers", (request, response) -> goods(response));
		handlers.put("redirect", (request, response) -> {
			goods(response);
			response.sendRedirect("/download?signed=" + Handlers.GOODS);
		});
		handlers.put("error", (request, response) -> {
			goods(response);
			response.sendError(404, Handlers.GOODS);
		});
		handlers.put("flushed", (request, response) -> {
			goods(response);
			response.flushBuffer();
			response.getWriter().print(Handlers.GOODS);
			response.flushBuffer();
		});
		handlers.put("long", (request, response) -> {
			goods(response);
			response.getOutputStream().write(new byte[100_000]);
		});
		handlers.put("session", (request, response) -> {
			goods(response);
			request.getSession(true);
		});
		handlers.put("forward",
				(request, response) -> request.getServletContext()
					.getRequestDispatcher("/free/headers")
					.forward(request, response));
		handlers.put("include", (request, response) -> {
			goods(response);
			request.getRequestDispatcher("/free/headers").include(request, response);
		});
		handlers.put("fails", (request, response) -> {
			request.getSession(true);
			goods(response);
			throw new IllegalStateException("failed");
		});
		handlers.replaceAll((name, handler) -> new AnyMethod(handler));
		this.shop = new PaidContainer(this.kind, handlers);
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	private static void goods(HttpServletResponse response) throws IOException {
		response.setHeader("X-Goods", Handlers.GOODS);
		response.addCookie(new Cookie(Handlers.GOODS, Handlers.GOODS));
		response.setContentType("text/" + Handlers.GOODS);
		response.addHeader("Access-Control-Allow-Origin", "https://a.example");
		response.addHeader("Access-Control-Allow-Headers", "PAYMENT-SIGNATURE");
		response.addHeader("Vary", "Origin");
		response.addHeader("Vary", "Accept");
		response.addHeader("Allow", "GET");
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers", "redirect", "error", "flushed", "long", "session", "forward", "include" })
	void onlyWhatItIsAboutLeaves(String handler) throws Exception {
		HttpResponse<String> free = preflight("/free/headers");
		HttpResponse<String> paid = preflight("/paid/" + handler);
		assertThat(free.headers().map()).containsKey("x-goods");
		assertThat(paid.statusCode()).isEqualTo(preflight("/free/" + handler).statusCode());
		assertThat(paid.body()).isEmpty();
		for (String header : new String[] { "Access-Control-Allow-Origin", "Access-Control-Allow-Headers", "Vary",
				"Allow", "X-Outer" }) {
			assertThat(paid.headers().allValues(header)).as(header).isEqualTo(free.headers().allValues(header));
		}
		assertThat(paid.headers().map().toString()).doesNotContain(Handlers.GOODS);
		assertThat(paid.headers().map()).doesNotContainKeys("set-cookie", "location", "content-type");
	}

	@Test
	void aFailureLeavesNothing() throws Exception {
		HttpResponse<String> response = preflight("/paid/fails");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "x-goods");
	}

	private HttpResponse<String> preflight(String path) throws Exception {
		return this.shop.send("OPTIONS", path, "Origin", "https://a.example", "Access-Control-Request-Method", "GET");
	}

	/** Answers every method alike. */
	private record AnyMethod(Handlers.Handler handler) implements Handlers.Handler {

		@Override
		public void handle(HttpServletRequest request, HttpServletResponse response) {
			throw new UnsupportedOperationException();
		}

		@Override
		public HttpServlet servlet() {
			Handlers.Handler handler = this.handler;
			return new HttpServlet() {

				@Override
				protected void service(HttpServletRequest request, HttpServletResponse response)
						throws IOException, ServletException {
					handler.handle(request, response);
				}

			};
		}

	}

}
