package io.github.x402sessions.servlet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.PaymentListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever grants a request hears once how it has ended, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class GrantedAnswerTests {

	@Parameter
	Container.Kind kind;

	private final List<Integer> ended = new CopyOnWriteArrayList<>();

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		Map<String, Handlers.Handler> handlers = Map.of("answers", GrantedAnswerTests::print, "misses",
				(request, response) -> response.sendError(404), "throws", (request, response) -> {
					throw new ServletException("expected");
				}, "throws-late", (request, response) -> {
					print(request, response);
					response.flushBuffer();
					throw new ServletException("expected");
				}, "completes", (request, response) -> {
					AsyncContext context = request.startAsync();
					ForkJoinPool.commonPool().execute(() -> complete(context));
				}, "dispatches", (request, response) -> {
					if (request.getDispatcherType() == DispatcherType.ASYNC) {
						response.setStatus(503);
					}
					else {
						AsyncContext context = request.startAsync();
						ForkJoinPool.commonPool().execute(context::dispatch);
					}
				});
		this.shop = new PaidContainer(this.kind, handlers, (route) -> route,
				(builder) -> builder.listener(new PaymentListener() {

					@Override
					public Access onRequest(HttpServletRequest request, PricedRoute route) {
						return (request.getHeader("X-Friend") != null) ? Access.GRANT : Access.CHARGE;
					}

					@Override
					public void onGranted(HttpServletRequest request, PricedRoute route, int status) {
						GrantedAnswerTests.this.ended.add(status);
					}

				}));
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@ParameterizedTest
	@CsvSource({ "answers, 200", "misses, 404", "throws, 500", "completes, 201", "dispatches, 503" })
	void itsStatusIsTold(String handler, int status) throws Exception {
		assertThat(this.shop.get("/paid/" + handler, "X-Friend", "yes").statusCode()).isEqualTo(status);
		Eventually.holds(() -> assertThat(this.ended).containsExactly(status));
	}

	/** Some containers cut the connection off, so that the client may see anything. */
	@Test
	void whatHasLeftCountsWhateverHappensThen() throws Exception {
		try {
			this.shop.get("/paid/throws-late", "X-Friend", "yes");
		}
		catch (IOException ex) {
			// The answer is not whole.
		}
		Eventually.holds(() -> assertThat(this.ended).containsExactly(200));
	}

	@Test
	void nothingIsToldOfOthers() throws Exception {
		assertThat(this.shop.get("/paid/answers").statusCode()).isEqualTo(402);
		assertThat(this.shop.pay("/paid/answers").statusCode()).isEqualTo(200);
		assertThat(this.shop.get("/free/answers", "X-Friend", "yes").statusCode()).isEqualTo(200);
		assertThat(this.ended).isEmpty();
	}

	private static void print(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.getWriter().print(Handlers.GOODS);
	}

	private static void complete(AsyncContext context) {
		((HttpServletResponse) context.getResponse()).setStatus(201);
		context.complete();
	}

}
