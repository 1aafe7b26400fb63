package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentHeader;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.ChargedStatuses;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.PaymentListener;
import jakarta.servlet.WriteListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

	private PaidContainer shop;

	@AfterEach
	void close() {
		if (this.shop != null) {
			this.shop.close();
			this.shop = null;
		}
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
		assertThat(PaidContainer.receipt(response).success()).isTrue();
		assertThat(this.events).containsSubsequence("settled", "handler");
	}

	@Test
	void deferredTheAnswerLeavesWithACommitment() throws Exception {
		open(SettlementTiming.DEFERRED);
		this.shop.facilitator.extra = Map.of("deferred", true);
		assertThat(this.shop.pay("/paid/status").statusCode()).isEqualTo(422);
		assertThat(this.shop.facilitator.settled).hasValue(0);
		String commitment = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";
		this.shop.facilitator.receipt = new SettleResponse(true, null, null, "GP", commitment, "stellar:testnet",
				"1000000", Map.of("session", Map.of("settlement", "deferred", "commitment", commitment)));
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.body()).isEqualTo("goods");
		assertThat(PaidContainer.receipt(response).commitment()).hasValue(commitment);
		assertThat(this.events).containsSubsequence("handler", "settled");
		assertThat(PaidContainer.receipt(this.shop.pay("/paid/writer")).errorReason()).isEqualTo("transaction_reused");
		this.shop.facilitator.extra = Map.of();
		assertThat(this.shop.pay("/paid/writer").statusCode()).isEqualTo(503);
	}

	@Test
	void whoAsksAgainForADeferredAnswerHasTheSameCommitment() throws Exception {
		open(SettlementTiming.DEFERRED);
		this.shop.facilitator.extra = Map.of("deferred", true);
		this.shop.facilitator.honouring();
		String commitment = "cmt_MTIzNDU2Nzg5MGFiY2RlZg";
		this.shop.facilitator.receipt = new SettleResponse(true, null, null, "GP", commitment, "stellar:testnet",
				"1000000", null);
		String payment = PaidContainer.payment(PaymentIdentifier.random());
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = this.shop.get("/paid/writer", PaymentHeader.SIGNATURE, payment);
			assertThat(response.body()).isEqualTo("goods");
			assertThat(PaidContainer.receipt(response).commitment()).hasValue(commitment);
		}
		assertThat(this.shop.facilitator.settled).hasValue(1);
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
		assertThat(PaidContainer.receipt(response).success()).isTrue();
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
		assertThat(response.body()).doesNotContain(Handlers.GOODS);
		assertThat(this.events).contains("handler", "failed cap_exceeded");
	}

	@Test
	void duringTheHandlerARefusalLeavesAFailureAsItIs() throws Exception {
		open(SettlementTiming.DURING_HANDLER);
		this.shop.facilitator.receipt = REFUSAL;
		HttpResponse<String> response = this.shop.pay("/paid/status");
		assertThat(response.statusCode()).isEqualTo(422);
		assertThat(PaidContainer.receipt(response).success()).isFalse();
		assertThat(this.events).contains("failed cap_exceeded").doesNotContain("paid but 422");
	}

	/** Tomcat makes an exception of its own of an error, Jetty passes it on. */
	@ParameterizedTest
	@ValueSource(strings = { "asyncTimeout", "writeListenerThrows", "asyncThrows", "error" })
	void whoPaidForAnAnswerThatNeverCameHasTheReceipt(String handler) throws Exception {
		for (SettlementTiming timing : List.of(SettlementTiming.DURING_HANDLER, SettlementTiming.BEFORE_HANDLER)) {
			this.events.clear();
			open(timing);
			HttpResponse<String> response = this.shop.pay("/paid/" + handler);
			assertThat(response.statusCode()).isEqualTo(500);
			assertThat(response.body()).doesNotContain(Handlers.GOODS);
			assertThat(response.headers().firstValue("X-Outer")).hasValue("kept");
			assertThat(PaidContainer.receipt(response).success()).isTrue();
			assertThat(this.events).contains("paid but 500");
		}
	}

	@Test
	void aListenerThatAnswersInTimeHasNotFailed() throws Exception {
		open(SettlementTiming.BEFORE_HANDLER);
		assertThat(this.shop.pay("/paid/asyncTimeoutAnswered").statusCode()).isEqualTo(200);
		assertThat(this.events).doesNotContain("paid but 500");
	}

	@Test
	void whoReadsHalfAndGoesAwayHasNoRefund() throws Exception {
		CountDownLatch gone = new CountDownLatch(1);
		CountDownLatch failed = new CountDownLatch(1);
		this.handlers.put("endless", (request, response) -> {
			try {
				response.getOutputStream().print(Handlers.GOODS);
				response.flushBuffer();
				Eventually.opens(gone);
				for (int i = 0; i < 10_000; i++) {
					response.getOutputStream().write(new byte[8192]);
					response.flushBuffer();
				}
			}
			finally {
				failed.countDown();
			}
		});
		open(SettlementTiming.AT_COMMIT);
		try (Socket socket = new Socket(this.shop.uri().getHost(), this.shop.uri().getPort())) {
			socket.setSoLinger(true, 0);
			socket.getOutputStream()
				.write(("GET " + Container.CONTEXT_PATH + "/paid/endless HTTP/1.1\r\nHost: x\r\n"
						+ PaymentHeader.SIGNATURE + ": " + PaidContainer.payment() + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().read()).isEqualTo('H');
		}
		gone.countDown();
		Eventually.opens(failed);
		close();
		assertThat(this.events).contains("settled").doesNotContain("paid but 500");
	}

	@Test
	void anExceptionInTheMiddleOfTheAnswerIsHeardOf() throws Exception {
		open(SettlementTiming.AT_COMMIT);
		try {
			assertThat(this.shop.pay("/paid/throwsLater").body()).isNotEqualTo(Handlers.GOODS + Handlers.GOODS);
		}
		catch (IOException ex) {
			assertThat(ex).isNotNull();
		}
		close();
		assertThat(this.events).contains("settled", "paid but 500");
	}

	@Test
	void anExecutorThatForgetsItsTasksHoldsNobodyUp() throws Exception {
		this.shop = new PaidContainer(this.kind, all(), (route) -> route.withTiming(SettlementTiming.DURING_HANDLER),
				(builder) -> builder.executor((task) -> {
				}));
		assertThat(this.shop.pay("/paid/writer").statusCode()).isEqualTo(200);
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@Test
	void aFailingListenerChangesNothing() throws Exception {
		this.shop = new PaidContainer(this.kind, all(), (route) -> route,
				(builder) -> builder.listener(new PaymentListener() {

					@Override
					public void onSettled(Payment payment, SettleResponse receipt) {
						throw new NoClassDefFoundError("no such class");
					}

				}));
		HttpResponse<String> response = this.shop.pay("/paid/writer");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(PaidContainer.receipt(response).success()).isTrue();
	}

	@Test
	void whoPaidForAFailureHasItsAnswerAndTheReceipt() throws Exception {
		for (SettlementTiming timing : List.of(SettlementTiming.DURING_HANDLER, SettlementTiming.BEFORE_HANDLER)) {
			this.events.clear();
			open(timing);
			HttpResponse<String> response = this.shop.pay("/paid/status");
			assertThat(response.statusCode()).isEqualTo(422);
			assertThat(response.body()).isEqualTo("my own error");
			assertThat(PaidContainer.receipt(response).success()).isTrue();
			HttpResponse<String> thrown = this.shop.pay("/paid/throws");
			assertThat(thrown.statusCode()).isEqualTo(500);
			assertThat(PaidContainer.receipt(thrown).success()).isTrue();
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
	void aRouteSaysWhichAnswersCost() throws Exception {
		this.handlers.put("redirect", (request, response) -> response.sendRedirect("/elsewhere"));
		this.shop = new PaidContainer(this.kind, all(),
				(route) -> route.withCharged(ChargedStatuses.of(List.of("2xx", "422"))), (builder) -> {
				});
		HttpResponse<String> redirect = this.shop.pay("/paid/redirect");
		assertThat(redirect.statusCode()).isEqualTo(302);
		assertThat(redirect.headers().firstValue("Cache-Control")).hasValue("private");
		assertThat(redirect.headers().firstValue(PaymentHeader.RESPONSE)).isEmpty();
		assertThat(this.shop.facilitator.settled).hasValue(0);
		assertThat(PaidContainer.receipt(this.shop.pay("/paid/writer")).success()).isTrue();
		assertThat(PaidContainer.receipt(this.shop.pay("/paid/status")).success()).isTrue();
		assertThat(this.shop.facilitator.settled).hasValue(2);
	}

	@Test
	void withoutAFreeThreadTheRequestSettlesItself() throws Exception {
		this.shop = new PaidContainer(this.kind, all(), (route) -> route.withTiming(SettlementTiming.DURING_HANDLER),
				(builder) -> builder.executor((task) -> {
					throw new RejectedExecutionException("full");
				}));
		assertThat(this.shop.pay("/paid/writer").statusCode()).isEqualTo(200);
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	private void open(SettlementTiming timing) throws Exception {
		close();
		this.shop = new PaidContainer(this.kind, all(), (route) -> route.withTiming(timing),
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
		this.handlers.put("asyncTimeout", (request, response) -> request.startAsync().setTimeout(50));
		this.handlers.put("asyncThrows", (request, response) -> {
			request.startAsync();
			throw new IllegalStateException("thrown");
		});
		this.handlers.put("writeListenerThrows", (request, response) -> {
			request.startAsync();
			response.getOutputStream().setWriteListener(new WriteListener() {

				@Override
				public void onWritePossible() throws IOException {
					response.getOutputStream().print(Handlers.GOODS);
					throw new IOException("thrown");
				}

				@Override
				public void onError(Throwable failure) {
				}

			});
		});
		this.handlers.put("asyncTimeoutAnswered", Handlers.all().get("asyncTimeoutAnswered"));
		this.handlers.put("error", (request, response) -> {
			throw new StackOverflowError("thrown");
		});
		this.handlers.put("throwsLater", (request, response) -> {
			response.getOutputStream().print(Handlers.GOODS);
			response.flushBuffer();
			throw new IllegalStateException("thrown");
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
