package io.github.x402sessions.servlet;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.protocol.VerifyResponse;
import jakarta.servlet.http.Cookie;
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
 * Answers that the container refuses to send, on every container: they are not charged,
 * or at least have a receipt.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class UndeliverableResponseTests {

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	@BeforeEach
	void open() throws Exception {
		Map<String, Handlers.Handler> handlers = new HashMap<>();
		handlers.put("plain", (request, response) -> response.getWriter().print(Handlers.GOODS));
		handlers.put("cookie", (request, response) -> {
			response.setHeader("X-Goods", Handlers.GOODS);
			response.addCookie(new Cookie("a", "b c,ü"));
			response.getOutputStream().print(Handlers.GOODS);
		});
		handlers.put("length", (request, response) -> {
			response.setHeader("X-Goods", Handlers.GOODS);
			response.setContentLength(3);
			response.getOutputStream().print(Handlers.GOODS);
		});
		handlers.put("asyncLength", (request, response) -> {
			response.setHeader("X-Goods", Handlers.GOODS);
			response.setContentLength(3);
			response.getOutputStream().print(Handlers.GOODS);
			request.startAsync().complete();
		});
		handlers.put("short", (request, response) -> {
			response.setHeader("X-Goods", Handlers.GOODS);
			response.setContentLength(3000);
			response.getOutputStream().print(Handlers.GOODS);
		});
		handlers.put("redirect", (request, response) -> {
			response.setHeader("X-Goods", Handlers.GOODS);
			response.sendRedirect("http://a b:xx/%%");
		});
		this.shop = new PaidContainer(this.kind, handlers);
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cookie", "length", "asyncLength", "short" })
	void whatTheContainerRefusesIsNotCharged(String handler) throws Exception {
		HttpResponse<String> response = this.shop.pay("/paid/" + handler);
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain(Handlers.GOODS);
		assertThat(response.headers().firstValue("X-Goods")).isEmpty();
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void anAnswerToHeadNeedsNoBody() throws Exception {
		this.shop.close();
		this.shop = new PaidContainer(this.kind,
				Map.of("head", (request, response) -> response.setContentLength(3000)));
		HttpResponse<String> response = this.shop.send("HEAD", "/paid/head", PaymentHeader.SIGNATURE,
				PaidContainer.payment());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Length")).hasValue("3000");
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@Test
	void whatIsChargedHasAReceipt() throws Exception {
		HttpResponse<String> response = this.shop.pay("/paid/redirect");
		assertThat(this.shop.facilitator.settled).hasValue(1);
		assertThat(PaidContainer.receipt(response).transaction()).isEqualTo(ScriptedFacilitator.TRANSACTION);
		assertThat(response.headers().firstValue("X-Goods").isPresent()).isEqualTo(response.statusCode() != 500);
	}

	@Test
	void aLargeReceiptDoesNotSpoilTheAnswer() throws Exception {
		Map<String, Object> extensions = Map.of("x", "y".repeat(12_000));
		this.shop.facilitator.receipt = new SettleResponse(true, null, "m".repeat(12_000), "GP",
				ScriptedFacilitator.TRANSACTION, "stellar:testnet", "1000000", extensions);
		HttpResponse<String> paid = this.shop.pay("/paid/plain");
		assertThat(paid.statusCode()).isEqualTo(200);
		assertThat(paid.body()).isEqualTo(Handlers.GOODS);
		assertThat(PaidContainer.receipt(paid).transaction()).isEqualTo(ScriptedFacilitator.TRANSACTION);
		this.shop.facilitator.receipt = SettleResponse.failure("r".repeat(12_000), "m".repeat(12_000),
				"stellar:testnet");
		assertThat(this.shop.pay("/paid/plain").statusCode()).isEqualTo(402);
		this.shop.facilitator.verdict = VerifyResponse.invalid("r".repeat(12_000), "m".repeat(12_000));
		assertThat(this.shop.pay("/paid/plain").statusCode()).isEqualTo(402);
	}

	@Test
	void aResetForgetsTheEncodingOfTheFirstWriter() throws Exception {
		this.shop.close();
		this.shop = new PaidContainer(this.kind, Map.of("reset", (request, response) -> {
			response.getWriter().print("x");
			response.reset();
			response.setContentType("text/plain;charset=UTF-8");
			response.getWriter().print("дом");
		}, "cached", (request, response) -> {
			response.addHeader("Cache-Control", "max-age=60");
			response.addHeader("Cache-Control", "no-store");
			response.getWriter().print(Handlers.GOODS);
		}));
		assertThat(this.shop.pay("/paid/reset").body()).isEqualTo("дом");
		assertThat(this.shop.pay("/paid/cached").headers().allValues("Cache-Control"))
			.containsExactly("max-age=60, no-store, private");
	}

}
