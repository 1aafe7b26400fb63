package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.fixtures.Eventually;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payment identifier buys one answer, and the client that bought it gets it, whatever
 * happens on the way.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class RepeatedPaymentTests {

	private final PaymentIdentifier identifier = PaymentIdentifier.random();

	private final AtomicInteger runs = new AtomicInteger();

	@Parameter
	Container.Kind kind;

	static Stream<String> handlers() {
		return Handlers.all().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("handlers")
	void theSameRequestGetsTheSameAnswerUnlessItIsTooLongToKeep(String name) throws Exception {
		try (PaidContainer shop = shop(Handlers.all())) {
			HttpResponse<String> first = pay(shop, "/paid/" + name);
			assertThat(first.statusCode()).isLessThan(400);
			HttpResponse<String> second = pay(shop, "/paid/" + name);
			if (first.body().length() > PaidContainer.BUDGET) {
				assertSpent(second);
			}
			else {
				assertSame(first, second);
			}
			assertThat(shop.facilitator.settled).hasValue(1);
			assertThat(shop.facilitator.verified).hasValue(1);
		}
	}

	private static void assertSame(HttpResponse<String> first, HttpResponse<String> second) {
		assertThat(second.statusCode()).isEqualTo(first.statusCode());
		assertThat(second.body()).isEqualTo(first.body());
		for (String header : new String[] { "X-Goods", "X-Outer", "Content-Type", "Set-Cookie", "Cache-Control",
				PaymentHeader.RESPONSE, "Access-Control-Expose-Headers" }) {
			assertThat(second.headers().allValues(header)).as(header).isEqualTo(first.headers().allValues(header));
		}
		assertThat(second.headers().firstValue("Location").map(RepeatedPaymentTests::path))
			.isEqualTo(first.headers().firstValue("Location").map(RepeatedPaymentTests::path));
	}

	@Test
	void anotherRequestIsNotPaidFor() throws Exception {
		Handlers.Handler echo = (request, response) -> {
			this.runs.incrementAndGet();
			response.getWriter().print(request.getReader().readLine());
		};
		try (PaidContainer shop = shop(Map.of("a", echo, "b", echo))) {
			assertThat(post(shop, "/paid/a", "abc").body()).isEqualTo("abc");
			assertThat(post(shop, "/paid/a", "abc").body()).isEqualTo("abc");
			assertSpent(post(shop, "/paid/a", "abd"));
			assertSpent(post(shop, "/paid/a", "abcd"));
			assertSpent(post(shop, "/paid/a?x=1", "abc"));
			assertSpent(post(shop, "/paid/b", "abc"));
			assertSpent(shop.send("GET", "/paid/a", PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier)));
			assertThat(post(shop, "/paid/a", "abc").body()).isEqualTo("abc");
			assertThat(this.runs).hasValue(1);
			assertThat(shop.facilitator.settled).hasValue(1);
		}
	}

	@Test
	void formsAreToldApartByTheirParameters() throws Exception {
		try (PaidContainer shop = shop(
				Map.of("form", (request, response) -> response.getWriter().print(parameter(request))))) {
			String[] headers = { PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier), "Content-Type",
					"application/x-www-form-urlencoded" };
			assertThat(shop.post("/paid/form", "q=tea", headers).body()).isEqualTo("tea");
			assertThat(shop.post("/paid/form", "q=tea", headers).body()).isEqualTo("tea");
			assertSpent(shop.post("/paid/form", "q=pea", headers));
		}
	}

	/** Who waits for the body waits in vain. */
	@Test
	void aHeadWithoutItsBodyIsNotTheWhole() throws Exception {
		try (PaidContainer shop = shop(Map.of("it", (request, response) -> {
			response.setContentLength(5);
			response.flushBuffer();
		}))) {
			shop.open("/paid/it", PaymentHeader.SIGNATURE, payment()).body().close();
			assertSpent(whenDone(shop, "/paid/it"));
		}
	}

	@Test
	void theHeadOfAnAnswerIsGivenAgain() throws Exception {
		try (PaidContainer shop = shop(Map.of("it", (request, response) -> {
			response.setContentLength(5);
			response.flushBuffer();
			response.getWriter().print("whole");
		}))) {
			HttpResponse<String> first = head(shop);
			assertThat(first.headers().firstValue("Content-Length")).hasValue("5");
			assertSame(first, head(shop));
			assertThat(shop.facilitator.settled).hasValue(1);
		}
	}

	private HttpResponse<String> head(PaidContainer shop) throws Exception {
		return shop.send("HEAD", "/paid/it", PaymentHeader.SIGNATURE, payment());
	}

	@Test
	void anIdentifierIsItsPayersOwn() throws Exception {
		try (PaidContainer shop = shop(Map.of("it", counting()))) {
			assertThat(pay(shop, "/paid/it").body()).isEqualTo("1");
			shop.facilitator.honouring();
			assertThat(shop.get("/paid/it", PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier, "another"))
				.body()).isEqualTo("2");
			assertThat(pay(shop, "/paid/it").body()).isEqualTo("1");
		}
	}

	@Test
	void withoutAnIdentifierEveryRequestIsItsOwn() throws Exception {
		try (PaidContainer shop = shop(Map.of("it", counting()))) {
			assertThat(shop.pay("/paid/it").body()).isEqualTo("1");
			assertThat(shop.pay("/paid/it").body()).isEqualTo("2");
			assertThat(shop.facilitator.charged).hasValue(2);
		}
	}

	@Test
	void atTheSameTimeOneRuns() throws Exception {
		try (PaidContainer shop = shop(Map.of("it", counting()))) {
			CountDownLatch running = new CountDownLatch(1);
			shop.facilitator.gate = new CountDownLatch(1);
			shop.facilitator.whileAwaiting = running::countDown;
			CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> pay(shop, "/paid/it"));
			Eventually.opens(running);
			HttpResponse<String> second = pay(shop, "/paid/it");
			assertThat(second.statusCode()).isEqualTo(409);
			assertThat(second.body()).contains("payment-identifier-busy");
			assertThat(second.headers().firstValue("Retry-After")).isPresent();
			shop.facilitator.gate.countDown();
			assertThat(Eventually.resultOf(first).body()).isEqualTo("1");
			assertThat(pay(shop, "/paid/it").body()).isEqualTo("1");
			assertThat(shop.facilitator.charged).hasValue(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "handler", "settlement", "verification" })
	void whatWasNotPaidMayBeTriedAgain(String failing) throws Exception {
		try (PaidContainer shop = shop(Map.of("it", (request, response) -> {
			if (failing.equals("handler") && this.runs.get() == 0) {
				this.runs.incrementAndGet();
				throw new IllegalStateException("a bad day");
			}
			counting().handle(request, response);
		}))) {
			shop.facilitator.receipt = failing.equals("settlement")
					? SettleResponse.failure("onchain_transfer_failed", null, "stellar:testnet")
					: ScriptedFacilitator.RECEIPT;
			if (failing.equals("verification")) {
				shop.facilitator.down();
			}
			assertThat(pay(shop, "/paid/it").statusCode()).isGreaterThanOrEqualTo(400);
			shop.facilitator.receipt = ScriptedFacilitator.RECEIPT;
			shop.facilitator.up();
			assertThat(pay(shop, "/paid/it").statusCode()).isEqualTo(200);
			assertThat(shop.facilitator.charged).hasValue(1);
		}
	}

	@Test
	void anAnswerIsOwedAfterASettlementWithoutAnAnswer() throws Exception {
		try (PaidContainer shop = shop(Map.of("it", counting()))) {
			shop.facilitator.afterSettling = () -> {
				throw new FacilitatorUnavailableException("reset", null);
			};
			assertThat(pay(shop, "/paid/it").statusCode()).isEqualTo(503);
			assertThat(shop.facilitator.charged).hasValue(1);
			shop.facilitator.afterSettling = () -> {
			};
			assertSpent(pay(shop, "/paid/it?other"));
			HttpResponse<String> answer = pay(shop, "/paid/it");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(PaidContainer.receipt(answer).success()).isTrue();
			assertThat(pay(shop, "/paid/it").body()).isEqualTo(answer.body());
			assertThat(shop.facilitator.charged).hasValue(1);
		}
	}

	@Test
	void nothingIsSettledAgainWhereThatCouldChargeTwice() throws Exception {
		try (PaidContainer shop = shop(Map.of("it", counting()))) {
			shop.facilitator.identifiers = null;
			shop.facilitator.afterSettling = () -> {
				throw new FacilitatorUnavailableException("reset", null);
			};
			assertThat(pay(shop, "/paid/it").statusCode()).isEqualTo(503);
			assertSpent(pay(shop, "/paid/it"));
			assertThat(shop.facilitator.charged).hasValue(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aClientThatWentAwayGetsWhatItPaidFor(boolean flushing) throws Exception {
		CountDownLatch answered = new CountDownLatch(1);
		try (PaidContainer shop = shop(Map.of("it", (request, response) -> {
			try {
				response.getWriter().print("precious " + this.runs.incrementAndGet());
				if (flushing) {
					response.flushBuffer();
					response.flushBuffer();
				}
			}
			finally {
				answered.countDown();
			}
		}))) {
			CountDownLatch settling = new CountDownLatch(1);
			shop.facilitator.gate = new CountDownLatch(1);
			shop.facilitator.whileAwaiting = settling::countDown;
			try (Socket socket = new Socket(shop.uri().getHost(), shop.uri().getPort())) {
				socket.setSoLinger(true, 0);
				socket.getOutputStream()
					.write(("GET " + Container.CONTEXT_PATH + "/paid/it HTTP/1.1\r\nHost: " + shop.uri().getAuthority()
							+ "\r\n" + PaymentHeader.SIGNATURE + ": " + PaidContainer.payment(this.identifier)
							+ "\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				Eventually.opens(settling);
			}
			shop.facilitator.gate.countDown();
			Eventually.opens(answered);
			HttpResponse<String> answer = whenDone(shop, "/paid/it");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo("precious 1");
			assertThat(shop.facilitator.charged).hasValue(1);
		}
	}

	private HttpResponse<String> whenDone(PaidContainer shop, String path) throws Exception {
		AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
		Eventually.isTrue(() -> {
			answer.set(pay(shop, path));
			return !answer.get().body().contains("payment-identifier-busy");
		});
		return answer.get();
	}

	private Handlers.Handler counting() {
		return (request, response) -> response.getWriter().print(this.runs.incrementAndGet());
	}

	private static String parameter(HttpServletRequest request) {
		return request.getParameter("q");
	}

	private PaidContainer shop(Map<String, Handlers.Handler> handlers) throws Exception {
		return shop((route) -> route, handlers);
	}

	private PaidContainer shop(UnaryOperator<PricedRoute> pricing, Map<String, Handlers.Handler> handlers)
			throws Exception {
		PaidContainer shop = new PaidContainer(this.kind, handlers, pricing, (builder) -> {
		});
		shop.facilitator.honouring();
		return shop;
	}

	private String payment() {
		return PaidContainer.payment(this.identifier);
	}

	private HttpResponse<String> pay(PaidContainer shop, String path) {
		try {
			return shop.get(path, PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier));
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private HttpResponse<String> post(PaidContainer shop, String path, String body) throws Exception {
		return shop.post(path, body, PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier));
	}

	private static void assertSpent(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).contains("payment-identifier-spent");
		assertThat(response.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
	}

	/** Tomcat makes a redirect absolute. */
	private static String path(String location) {
		return location.substring(location.indexOf("/", location.startsWith("http") ? 8 : 0));
	}

}
