package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.facilitator.FacilitatorUnavailableException;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.servlet.payment.RequestPayment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a payment still buys when its answer was a failure or never left, on every
 * container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class OwedResponseTests {

	private static final int MANY = 40;

	@Parameter
	Container.Kind kind;

	private final PaymentIdentifier identifier = PaymentIdentifier.random();

	private final AtomicInteger runs = new AtomicInteger();

	private PaidContainer shop;

	@AfterEach
	void close() {
		this.shop.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "BEFORE_HANDLER", "DURING_HANDLER" })
	void aFailureThatWasDeliveredIsTheAnswer(SettlementTiming timing) throws Exception {
		open(timing, (request, response) -> {
			String body = request.getReader().readLine();
			response.setStatus(422);
			response.getWriter().print("verdict " + this.runs.incrementAndGet() + " on " + body);
		});
		HttpResponse<String> first = post("body-1");
		assertThat(first.statusCode()).isEqualTo(422);
		assertThat(PaidContainer.receipt(first).success()).isTrue();
		HttpResponse<String> again = post("body-1");
		assertThat(again.statusCode()).isEqualTo(422);
		assertThat(again.body()).isEqualTo("verdict 1 on body-1");
		assertThat(PaidContainer.receipt(again)).isEqualTo(PaidContainer.receipt(first));
		assertSpent(post("body-2"));
		assertThat(this.runs).hasValue(1);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@Test
	void soIsAnErrorThatTheContainerSends() throws Exception {
		open(SettlementTiming.BEFORE_HANDLER, (request, response) -> {
			this.runs.incrementAndGet();
			response.sendError(404);
		});
		HttpResponse<String> first = post("");
		HttpResponse<String> again = post("");
		assertThat(again.statusCode()).isEqualTo(404);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(PaidContainer.receipt(again)).isEqualTo(PaidContainer.receipt(first));
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void whereNothingLeftTheSameRequestRunsAgain() throws Exception {
		open(SettlementTiming.BEFORE_HANDLER, (request, response) -> {
			String body = request.getReader().readLine();
			if (this.runs.incrementAndGet() == 1) {
				throw new IllegalStateException("a bad day");
			}
			response.getWriter().print(body);
		});
		assertThat(post("body-1").statusCode()).isEqualTo(500);
		assertSpent(post("body-2"));
		assertThat(post("body-1").body()).isEqualTo("body-1");
		assertThat(post("body-1").body()).isEqualTo("body-1");
		assertThat(this.runs).hasValue(3);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@Test
	void butNotForEver() throws Exception {
		open(SettlementTiming.BEFORE_HANDLER, (request, response) -> {
			this.runs.incrementAndGet();
			throw new IllegalStateException("a bad day");
		});
		for (int i = 0; i < MANY; i++) {
			post("body");
		}
		assertSpent(post("body"));
		assertThat(this.runs).hasValueBetween(2, MANY - 1);
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@Test
	void whatWasToBeSettledIsSettledAgain() throws Exception {
		open(SettlementTiming.AT_COMMIT, (request, response) -> {
			RequestPayment.of(request).orElseThrow().charge("0.0" + this.runs.incrementAndGet());
			response.getWriter().print(Handlers.GOODS);
		});
		loseAnswers(true);
		assertThat(post("body").statusCode()).isEqualTo(503);
		loseAnswers(false);
		HttpResponse<String> again = post("body");
		assertThat(again.statusCode()).isEqualTo(200);
		assertThat(again.body()).isEqualTo(Handlers.GOODS);
		assertThat(PaidContainer.receipt(again).amount()).isEqualTo("100000");
		assertThat(this.shop.facilitator.charged).hasValue(1);
		assertThat(this.shop.facilitator.amounts).containsOnly("100000");
	}

	@Test
	void soItIsWhereTheHandlerChargesNothingNow() throws Exception {
		open(SettlementTiming.AT_COMMIT, (request, response) -> {
			RequestPayment.of(request).orElseThrow().charge((this.runs.incrementAndGet() == 1) ? "0.01" : "0");
			response.getWriter().print(Handlers.GOODS);
		});
		loseAnswers(true);
		assertThat(post("body").statusCode()).isEqualTo(503);
		loseAnswers(false);
		assertThat(PaidContainer.receipt(post("body")).amount()).isEqualTo("100000");
		assertThat(this.shop.facilitator.charged).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoIsToAskAgainIsWhoPaysOnce(boolean identified) throws Exception {
		open(SettlementTiming.AT_COMMIT, (request, response) -> response.getWriter().print(Handlers.GOODS));
		loseAnswers(true);
		HttpResponse<String> response = identified ? post("body") : this.shop.pay("/paid/it");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(identified);
		assertThat(response.body()).contains(identified ? "same payment identifier" : "another payment");
	}

	@Test
	void aTransactionThatHasPaidForSomethingElseIsNoPayment() throws Exception {
		open(SettlementTiming.AT_COMMIT, (request, response) -> response.getWriter().print(Handlers.GOODS));
		this.shop.facilitator.receipt = new SettleResponse(true, null, null, "GP", ScriptedFacilitator.TRANSACTION,
				"stellar:testnet", "1000000", null);
		assertThat(this.shop.pay("/paid/it").statusCode()).isEqualTo(200);
		HttpResponse<String> response = this.shop.pay("/paid/it");
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("settlement-not-proven").doesNotContain(Handlers.GOODS);
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
		assertThat(PaidContainer.receipt(response).errorReason()).isEqualTo("transaction_reused");
	}

	private void loseAnswers(boolean lose) {
		this.shop.facilitator.afterSettling = () -> {
			if (lose) {
				throw new FacilitatorUnavailableException("reset", null);
			}
		};
	}

	private void open(SettlementTiming timing, Handlers.Handler handler) throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", handler), (route) -> route.withTiming(timing),
				(builder) -> {
				});
		this.shop.facilitator.honouring();
	}

	private HttpResponse<String> post(String body) throws IOException, InterruptedException {
		return this.shop.post("/paid/it", body, PaymentHeader.SIGNATURE, PaidContainer.payment(this.identifier));
	}

	private static void assertSpent(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).contains("payment-identifier-spent");
	}

}
