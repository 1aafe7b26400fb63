package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

import io.github.x402sessions.core.facilitator.FacilitatorAccessException;
import io.github.x402sessions.core.facilitator.FacilitatorProtocolException;
import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.PaymentRequired;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import io.github.x402sessions.core.protocol.WireJson;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
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
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the filter answers, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class PaymentFilterTests {

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		Map<String, Handlers.Handler> handlers = Handlers.all();
		handlers.put("fails", (request, response) -> {
			response.setHeader("X-Goods", Handlers.GOODS);
			response.getWriter().print(Handlers.GOODS);
			throw new IllegalStateException("handler failed");
		});
		handlers.put("error", (request, response) -> response.sendError(404));
		handlers.put("status", (request, response) -> {
			response.setStatus(422);
			response.setHeader("X-Reason", "mine");
			response.getWriter().print("my own error");
		});
		handlers.put("cached", (request, response) -> {
			response.setHeader("Cache-Control", "public, max-age=60");
			response.setHeader("CDN-Cache-Control", "max-age=60");
			response.setHeader("Surrogate-Control", "max-age=60");
			response.setHeader("X-Accel-Expires", "60");
			response.getWriter().print(Handlers.GOODS);
		});
		handlers.put("any", anyMethod((request, response) -> response.getWriter().print(Handlers.GOODS)));
		handlers.put("anyStream", anyMethod((request, response) -> {
			response.setContentLength(Handlers.GOODS.length());
			response.getOutputStream().print(Handlers.GOODS);
		}));
		handlers.put("anyAsync", anyMethod((request, response) -> {
			AsyncContext async = request.startAsync();
			async.getResponse().getWriter().print(Handlers.GOODS);
			async.complete();
		}));
		this.shop = new PaidContainer(this.kind, handlers);
	}

	private static Handlers.Handler anyMethod(Handlers.Handler handler) {
		return new Handlers.Handler() {

			@Override
			public void handle(HttpServletRequest request, HttpServletResponse response)
					throws IOException, ServletException {
				handler.handle(request, response);
			}

			@Override
			public HttpServlet servlet() {
				return new HttpServlet() {

					@Override
					protected void service(HttpServletRequest request, HttpServletResponse response)
							throws IOException, ServletException {
						handler.handle(request, response);
					}

				};
			}

		};
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void freeRoutesAreUntouched() throws Exception {
		HttpResponse<String> response = this.shop.get("/free/writer");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).startsWith(Handlers.GOODS);
		assertThat(response.headers().map()).doesNotContainKeys("access-control-expose-headers", "cache-control");
	}

	@Test
	void asksForAPaymentWhereNoneCame() throws Exception {
		HttpResponse<String> response = this.shop.get("/paid/writer?x=1");
		assertThat(response.statusCode()).isEqualTo(402);
		PaymentRequired challenge = PaidContainer.challenge(response);
		assertThat(challenge.resource().url()).endsWith("/shop/paid/writer?x=1");
		assertThat(challenge.accepts()).containsExactly(PaidContainer.TERMS);
		assertThat(WireJson.read(response.body().getBytes(UTF_8), PaymentRequired.class)).isEqualTo(challenge);
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
		assertThat(response.headers().firstValue("Access-Control-Expose-Headers"))
			.hasValue("PAYMENT-REQUIRED, PAYMENT-RESPONSE");
		assertThat(response.headers().firstValue("X-Outer")).hasValue("kept");
		assertThat(response.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
	}

	@Test
	void releasesWhatWasSettledWithItsReceipt() throws Exception {
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("goods für dich");
		assertThat(response.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
			.isEqualToIgnoringCase("text/plain;charset=UTF-8");
		assertThat(PaidContainer.receipt(response)).isEqualTo(ScriptedFacilitator.RECEIPT);
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("private");
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@Test
	void keepsPaidAnswersOutOfSharedCaches() throws Exception {
		HttpHeaders paid = this.shop.pay("/paid/cached").headers();
		assertThat(paid.allValues("Cache-Control")).containsExactly("max-age=60, private");
		assertThat(paid.allValues("CDN-Cache-Control")).containsExactly("no-store");
		assertThat(paid.allValues("Surrogate-Control")).containsExactly("no-store");
		assertThat(paid.allValues("X-Accel-Expires")).containsExactly("0");
	}

	@Test
	void readsTheHeaderOfOlderClientsOnlyWithoutTheNewOne() throws Exception {
		assertThat(this.shop.get("/paid/writer", PaymentHeader.LEGACY_SIGNATURE, PaidContainer.payment()).statusCode())
			.isEqualTo(200);
		assertThat(this.shop
			.get("/paid/writer", PaymentHeader.LEGACY_SIGNATURE, PaidContainer.payment(), PaymentHeader.SIGNATURE,
					"garbage")
			.statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage", " ", "e30=", "bnVsbA==", "W10=" })
	void refusesWhatIsNoPayment(String header) throws Exception {
		HttpResponse<String> response = this.shop.get("/paid/writer", PaymentHeader.SIGNATURE, header);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		assertThat(response.body()).contains("urn:x402-sessions:problem:malformed-payment");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void refusesSeveralPayments() throws Exception {
		assertThat(this.shop
			.get("/paid/writer", PaymentHeader.SIGNATURE, PaidContainer.payment(), PaymentHeader.SIGNATURE,
					PaidContainer.payment())
			.statusCode()).isEqualTo(400);
	}

	@Test
	void passesTheFacilitatorsRefusalOn() throws Exception {
		this.shop.facilitator.verdict = VerifyResponse.invalid("session_not_found", null);
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(PaidContainer.challenge(response).error()).isEqualTo("session_not_found");
		assertThat(PaidContainer.receipt(response).errorReason()).isEqualTo("session_not_found");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void anUnreachableFacilitatorIsAnOutage() throws Exception {
		this.shop.facilitator.verifyFailure = Optional.of(new FacilitatorUnavailableException("down", null));
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(response.body()).contains("facilitator-unavailable").doesNotContain(Handlers.GOODS);
	}

	@Test
	void anUnusableFacilitatorIsABadGateway() throws Exception {
		this.shop.facilitator.verifyFailure = Optional.of(new FacilitatorAccessException("no"));
		assertThat(this.shop.pay("/paid/writer").statusCode()).isEqualTo(502);
		this.shop.facilitator.verifyFailure = Optional.of(new FacilitatorProtocolException("html", null));
		assertThat(this.shop.pay("/paid/writer").statusCode()).isEqualTo(502);
	}

	@Test
	void aFailedSettlementReplacesTheAnswer() throws Exception {
		this.shop.facilitator.receipt = SettleResponse.failure("onchain_transfer_failed", null, "stellar:testnet");
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(PaidContainer.challenge(response).error()).isEqualTo("onchain_transfer_failed");
		assertThat(PaidContainer.receipt(response).success()).isFalse();
		assertThat(response.headers().firstValue("X-Outer")).hasValue("kept");
	}

	@Test
	void anUnknownOutcomeReplacesTheAnswer() throws Exception {
		this.shop.facilitator.settleFailure = Optional.of(new FacilitatorUnavailableException("timeout", null));
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(PaidContainer.receipt(response).errorReason()).isEqualTo("settlement_unknown");
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@Test
	void aSettlementThatWasNotMadeReplacesTheAnswerAndSaysSo() throws Exception {
		this.shop.facilitator.settleFailure = Optional.of(FacilitatorUnavailableException.unsent("refused", null));
		HttpResponse<String> unsent = this.shop.pay("/paid/writer");
		assertThat(unsent.statusCode()).isEqualTo(503);
		assertThat(unsent.body()).contains("The payment was not used").doesNotContain(Handlers.GOODS);
		this.shop.facilitator.settleFailure = Optional.of(new FacilitatorAccessException("no"));
		HttpResponse<String> refused = this.shop.pay("/paid/writer");
		assertThat(refused.statusCode()).isEqualTo(502);
		assertThat(refused.body()).contains("The payment was not used").doesNotContain(Handlers.GOODS);
		assertThat(PaidContainer.receipt(refused).errorReason()).isEqualTo("settlement_not_made");
	}

	@Test
	void aHandlersFailureIsItsOwnAndFree() throws Exception {
		HttpResponse<String> thrown = this.shop.pay("/paid/fails");
		assertThat(thrown.statusCode()).isEqualTo(500);
		assertThat(thrown.headers().firstValue("X-Goods")).isEmpty();
		assertThat(this.shop.pay("/paid/error").statusCode()).isEqualTo(404);
		HttpResponse<String> status = this.shop.pay("/paid/status");
		assertThat(status.statusCode()).isEqualTo(422);
		assertThat(status.body()).isEqualTo("my own error");
		assertThat(status.headers().firstValue("X-Reason")).hasValue("mine");
		assertThat(status.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void headIsPricedAndPreflightIsNot() throws Exception {
		assertThat(this.shop.send("HEAD", "/paid/writer").statusCode()).isEqualTo(402);
		assertThat(
				this.shop.send("HEAD", "/paid/writer", PaymentHeader.SIGNATURE, PaidContainer.payment()).statusCode())
			.isEqualTo(200);
		assertThat(this.shop.facilitator.settled).hasValue(1);
		assertThat(this.shop.send("OPTIONS", "/paid/writer").statusCode()).isEqualTo(402);
		assertThat(this.shop.send("OPTIONS", "/paid/writer", "Origin", "https://a.example").statusCode())
			.isEqualTo(402);
		assertThat(preflight("/paid/writer").statusCode()).isEqualTo(200);
		assertThat(preflight("/paid/writer").headers().firstValue("Allow").orElse("")).contains("GET");
	}

	@Test
	void aForgedPreflightGetsNoContent() throws Exception {
		for (String handler : new String[] { "any", "anyStream" }) {
			assertThat(preflight("/free/" + handler).body()).isEqualTo(Handlers.GOODS);
			HttpResponse<String> preflight = preflight("/paid/" + handler);
			assertThat(preflight.statusCode()).isEqualTo(200);
			assertThat(preflight.body()).isEmpty();
		}
		HttpResponse<String> asynchronous = preflight("/paid/anyAsync");
		assertThat(asynchronous.statusCode()).isEqualTo(500);
		assertThat(asynchronous.body()).doesNotContain(Handlers.GOODS);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	private HttpResponse<String> preflight(String path) throws Exception {
		return this.shop.send("OPTIONS", path, "Origin", "https://a.example", "Access-Control-Request-Method", "GET");
	}

	@ParameterizedTest
	@CsvSource({ "/paid/writer;x=1,402,402", "/paid;v=1/writer,402,402", "/paid/writer;,402,402",
			"/%70aid/writer,402,402", "/paid/%77riter,402,402", "/./paid/writer,402,402", "/x/../paid/writer,402,402",
			"/x/%2e%2e/paid/writer,402,400", "/%2e/paid/writer,402,400", "/x/..;/paid/writer,402,400",
			"//paid/writer,402,400", "/paid//writer,402,400" })
	void everySpellingThatRunsIsCharged(String spelling, int tomcat, int jetty) throws Exception {
		HttpResponse<String> response = this.shop.get(spelling);
		assertThat(response.body()).doesNotContain(Handlers.GOODS);
		assertThat(response.statusCode()).isEqualTo((this.kind == Container.Kind.JETTY) ? jetty : tomcat);
	}

}
