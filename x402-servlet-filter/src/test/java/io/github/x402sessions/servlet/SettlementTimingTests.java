package io.github.x402sessions.servlet;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.core.gate.SettlementTiming;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a payment is settled, on every container.
 */
@ParameterizedClass
@MethodSource("io.github.x402sessions.servlet.Container#kinds")
class SettlementTimingTests {

	private static final SettleResponse REFUSAL = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");

	@Parameter
	Container.Kind kind;

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final Map<String, Handlers.Handler> handlers = new HashMap<>();

	private Shop shop;

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void beforeTheHandlerItDoesNotRunUnlessSettled() throws Exception {
		open(SettlementTiming.BEFORE_HANDLER);
		this.shop.facilitator.receipt = REFUSAL;
		assertThat(this.shop.pay("/paid/writer").statusCode()).isEqualTo(402);
		assertThat(this.events).doesNotContain("handler");
		this.shop.facilitator.receipt = ScriptedFacilitator.RECEIPT;
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.body()).isEqualTo("goods");
		assertThat(Shop.receipt(response).success()).isTrue();
		assertThat(this.events).containsSubsequence("settled", "handler");
	}

	@Test
	void duringTheHandlerBothRunAtOnce() throws Exception {
		CountDownLatch handling = new CountDownLatch(1);
		this.handlers.put("waits", (request, response) -> {
			handling.countDown();
			response.getWriter().print(Handlers.GOODS);
		});
		open(SettlementTiming.DURING_HANDLER);
		this.shop.facilitator.gate = handling;
		HttpResponse<String> response = this.shop.pay("/paid/waits");
		assertThat(response.body()).isEqualTo("goods");
		assertThat(Shop.receipt(response).success()).isTrue();
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@Test
	void duringTheHandlerTheHandlerDoesNotWait() throws Exception {
		CountDownLatch settling = new CountDownLatch(1);
		this.handlers.put("opens", (request, response) -> {
			settling.countDown();
			response.getWriter().print(Handlers.GOODS);
		});
		open(SettlementTiming.DURING_HANDLER);
		this.shop.facilitator.gate = settling;
		assertThat(this.shop.pay("/paid/opens").statusCode()).isEqualTo(200);
	}

	@Test
	void duringTheHandlerARefusalReplacesTheAnswer() throws Exception {
		open(SettlementTiming.DURING_HANDLER);
		this.shop.facilitator.receipt = REFUSAL;
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(response.body()).doesNotContain(Handlers.GOODS + "\"");
		assertThat(this.events).contains("handler", "failed cap_exceeded");
	}

	@Test
	void whoPaidForAFailureHasItsAnswerAndTheReceipt() throws Exception {
		for (SettlementTiming timing : List.of(SettlementTiming.DURING_HANDLER, SettlementTiming.BEFORE_HANDLER)) {
			this.events.clear();
			open(timing);
			HttpResponse<String> response = this.shop.pay("/paid/status");
			assertThat(response.statusCode()).isEqualTo(422);
			assertThat(response.body()).isEqualTo("my own error");
			assertThat(Shop.receipt(response).success()).isTrue();
			HttpResponse<String> thrown = this.shop.pay("/paid/throws");
			assertThat(thrown.statusCode()).isEqualTo(500);
			assertThat(Shop.receipt(thrown).success()).isTrue();
			assertThat(this.events).contains("paid but 422", "paid but 500");
		}
	}

	@Test
	void atCommitAFailureIsFree() throws Exception {
		open(SettlementTiming.AT_COMMIT);
		HttpResponse<String> response = this.shop.pay("/paid/status");
		assertThat(response.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
		assertThat(this.shop.pay("/paid/throws").headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void withoutAFreeThreadTheRequestSettlesItself() throws Exception {
		this.shop = new Shop(this.kind, all(), (route) -> route.withTiming(SettlementTiming.DURING_HANDLER),
				(builder) -> builder.executor((task) -> {
					throw new RejectedExecutionException("full");
				}));
		assertThat(this.shop.pay("/paid/writer").statusCode()).isEqualTo(200);
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	private void open(SettlementTiming timing) throws Exception {
		if (this.shop != null) {
			this.shop.close();
		}
		this.shop = new Shop(this.kind, all(), (route) -> route.withTiming(timing),
				(builder) -> builder.listener(new Recorder()));
	}

	private Map<String, Handlers.Handler> all() {
		this.handlers.put("writer", (request, response) -> {
			this.events.add("handler");
			response.getWriter().print(Handlers.GOODS);
		});
		this.handlers.put("status", (request, response) -> {
			response.setStatus(422);
			response.getWriter().print("my own error");
		});
		this.handlers.put("throws", (request, response) -> {
			throw new IllegalStateException("thrown");
		});
		return this.handlers;
	}

	private final class Recorder implements PaymentListener {

		@Override
		public void onSettled(Payment payment, SettleResponse receipt) {
			SettlementTimingTests.this.events.add("settled");
		}

		@Override
		public void onSettlementFailed(Payment payment, SettleResponse failure) {
			SettlementTimingTests.this.events.add("failed " + failure.errorReason());
		}

		@Override
		public void onPaidButFailed(Payment payment, SettleResponse receipt, int status) {
			SettlementTimingTests.this.events.add("paid but " + status);
		}

	}

}
