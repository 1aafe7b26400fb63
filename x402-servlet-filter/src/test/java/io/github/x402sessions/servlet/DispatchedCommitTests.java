package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that commit while another servlet is dispatched to, in every way and by every
 * kind of dispatcher, with up to three wrappers of other filters outside and inside of
 * ours. A settled answer is the free one with its receipt; of another nothing leaves.
 */
@ParameterizedClass
@MethodSource("containers")
class DispatchedCommitTests {

	private static final List<String> WAYS = List.of("end", "flush", "budget", "close");

	private static PaidContainer shop;

	@Parameter(0)
	Container.Kind kind;

	@Parameter(1)
	int outside;

	static Stream<Arguments> containers() {
		return Container.kinds().flatMap((kind) -> Stream.of(0, 1, 2, 3).map((outside) -> Arguments.of(kind, outside)));
	}

	static Map<String, Handlers.Handler> handlers() {
		Map<String, BiFunction<HttpServletRequest, String, RequestDispatcher>> dispatchers = Map.of("request",
				HttpServletRequest::getRequestDispatcher, "context",
				(request, path) -> request.getServletContext().getRequestDispatcher(path), "named",
				(request, path) -> request.getServletContext().getNamedDispatcher(path));
		Map<String, Handlers.Handler> handlers = new TreeMap<>();
		dispatchers.forEach((name, dispatcher) -> {
			handlers.put(name + "Include", (request, response) -> {
				begin(response);
				response.getWriter().print("before, ");
				dispatcher.apply(request, "/free/target").include(request, wrapped(request, response));
				response.getWriter().print(", after");
			});
			handlers.put(name + "Forward", (request, response) -> {
				begin(response);
				dispatcher.apply(request, "/free/target").forward(request, wrapped(request, response));
				response.getWriter().print("after");
			});
			handlers.put(name + "IncludeInForward",
					(request, response) -> dispatcher.apply(request, "/free/" + name + "Include")
						.forward(request, wrapped(request, response)));
			handlers.put(name + "ForwardInInclude",
					(request, response) -> dispatcher.apply(request, "/free/" + name + "Forward")
						.include(request, wrapped(request, response)));
			handlers.put(name + "Error", (request, response) -> {
				begin(response);
				dispatcher.apply(request, "/free/error").forward(request, wrapped(request, response));
			});
		});
		handlers.put("async", (request, response) -> {
			begin(response);
			request.startAsync(request, wrapped(request, response)).dispatch("/free/target");
		});
		handlers.put("asyncInclude", (request, response) -> request.startAsync().dispatch("/free/contextInclude"));
		handlers.put("asyncForward", (request, response) -> request.startAsync().dispatch("/free/contextForward"));
		handlers.put("asyncError", (request, response) -> request.startAsync().dispatch("/free/contextError"));
		handlers.put("target", DispatchedCommitTests::target);
		handlers.put("error", (request, response) -> {
			response.setStatus(500);
			target(request, response);
		});
		return handlers;
	}

	static Stream<String> sold() {
		return handlers().keySet().stream().filter((name) -> !name.contains("Error") && !name.equals("error"));
	}

	static Stream<String> failures() {
		return handlers().keySet().stream().filter((name) -> name.contains("Error"));
	}

	private static void begin(HttpServletResponse response) {
		response.setStatus(201);
		response.setHeader("X-Goods", Handlers.GOODS);
		response.addCookie(new Cookie(Handlers.GOODS, Handlers.GOODS));
		response.setContentType("text/plain;charset=UTF-8");
	}

	private static void target(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader("X-Target", Handlers.GOODS);
		response.getWriter().print(Handlers.GOODS);
		switch (request.getParameter("way")) {
			case "flush" -> response.flushBuffer();
			case "budget" -> response.getWriter().print(Handlers.GOODS.repeat(PaidContainer.BUDGET));
			case "close" -> response.getWriter().close();
			default -> {
			}
		}
		response.getWriter().print(", to the end");
	}

	private static HttpServletResponse wrapped(ServletRequest request, HttpServletResponse response) {
		HttpServletResponse wrapped = response;
		for (int i = Integer.parseInt(request.getParameter("inside")); i > 0; i--) {
			wrapped = new HttpServletResponseWrapper(wrapped);
		}
		return wrapped;
	}

	private static void inner(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(request, wrapped(request, (HttpServletResponse) response));
	}

	@BeforeParameterizedClassInvocation
	static void open(Container.Kind kind, int outside) throws Exception {
		Filter wrapping = (request, response, chain) -> chain.doFilter(request,
				new HttpServletResponseWrapper((HttpServletResponse) response));
		shop = new PaidContainer(kind, handlers(), Collections.nCopies(outside, wrapping),
				List.of(DispatchedCommitTests::inner));
	}

	@AfterParameterizedClassInvocation
	static void close() {
		shop.close();
	}

	@BeforeEach
	void reset() {
		shop.facilitator.receipt = ScriptedFacilitator.RECEIPT;
		shop.facilitator.settleFailure = Optional.empty();
		shop.facilitator.settled.set(0);
	}

	@ParameterizedTest
	@MethodSource("sold")
	void aSettledAnswerIsTheFreeOne(String handler) throws Exception {
		for (String query : queries()) {
			HttpResponse<String> free = shop.get("/free/" + handler + query);
			HttpResponse<String> paid = shop.pay("/paid/" + handler + query);
			assertThat(paid.body()).as(query).isEqualTo(free.body());
			assertThat(paid.statusCode()).as(query).isEqualTo(free.statusCode());
			for (String header : List.of("X-Goods", "X-Target", "Set-Cookie", "Content-Type")) {
				assertThat(paid.headers().allValues(header)).as(query).isEqualTo(free.headers().allValues(header));
			}
			assertThat(PaidContainer.receipt(paid).success()).as(query).isTrue();
			assertThat(paid.headers().firstValue("Cache-Control")).as(query).hasValue("private");
		}
		assertThat(shop.facilitator.settled).hasValue(queries().size());
	}

	@ParameterizedTest
	@MethodSource("sold")
	void ofARefusedAnswerNothingLeaves(String handler) throws Exception {
		shop.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
		for (String query : queries()) {
			HttpResponse<String> refused = shop.pay("/paid/" + handler + query);
			nothingLeft(refused, query, 402);
			assertThat(PaidContainer.challenge(refused).accepts()).as(query).hasSize(1);
		}
	}

	@ParameterizedTest
	@MethodSource("sold")
	void ofAnAnswerThatNobodyKnowsToBePaidNothingLeaves(String handler) throws Exception {
		shop.facilitator.settleFailure = Optional.of(new FacilitatorUnavailableException("no answer to settle", null));
		for (String query : queries()) {
			nothingLeft(shop.pay("/paid/" + handler + query), query, 503);
		}
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aFailureIsTheFreeOneAndCostsNothing(String handler) throws Exception {
		for (String query : queries()) {
			HttpResponse<String> free = shop.get("/free/" + handler + query);
			HttpResponse<String> paid = shop.pay("/paid/" + handler + query);
			assertThat(paid.statusCode()).as(query).isEqualTo(free.statusCode()).isEqualTo(500);
			assertThat(paid.body()).as(query).isEqualTo(free.body());
			assertThat(paid.headers().firstValue(PaymentHeader.RESPONSE)).as(query).isEmpty();
		}
		assertThat(shop.facilitator.settled).hasValue(0);
	}

	private static void nothingLeft(HttpResponse<String> response, String query, int status) {
		assertThat(response.statusCode()).as(query).isEqualTo(status);
		assertThat(response.body()).as(query).doesNotContain(Handlers.GOODS);
		assertThat(response.headers().map()).as(query).doesNotContainKeys("x-goods", "x-target", "set-cookie");
	}

	private static List<String> queries() {
		return Stream.of(0, 1, 2, 3)
			.flatMap((inside) -> WAYS.stream().map((way) -> "?inside=" + inside + "&way=" + way))
			.toList();
	}

}
