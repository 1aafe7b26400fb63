package io.github.x402sessions.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.facilitator.DelegatingFacilitator;
import io.github.x402sessions.core.facilitator.Facilitator;
import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.protocol.PaymentPayload;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.purchase.AnswersUnavailableException;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls with a payment identifier: the same one runs a tool once and is charged once.
 */
class RepeatedCallTests {

	private final ScriptedFacilitator facilitator = ScriptedFacilitator.holding();

	private final AtomicInteger runs = new AtomicInteger();

	private final List<String> replayed = new ArrayList<>();

	private PaidTools paid(SettlementTiming timing) {
		return paid(timing, this.facilitator);
	}

	private PaidTools paid(SettlementTiming timing, Facilitator facilitator) {
		return PaidTools.builder(new PaymentGate(facilitator))
			.price("quote", PaidToolsTests.route("quote", "0.05").withTiming(timing))
			.listener(new ToolPaymentListener() {

				@Override
				public void onReplayed(ToolCall call, io.github.x402sessions.core.terms.PricedRoute tool) {
					RepeatedCallTests.this.replayed.add(call.name());
				}

			})
			.build();
	}

	private TestTool quote() {
		return TestTool.of("quote", (request, client) -> TestTool
			.text("run " + this.runs.incrementAndGet() + " for " + request.arguments().get("symbol")));
	}

	private static PaymentPayload identified(Agent agent, Map<String, Object> arguments) {
		return PaymentIdentifier.random().in(Agent.payment(agent.call("quote", arguments)));
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	void theSameCallGetsTheSameResult(Wire wire) throws Exception {
		Map<String, Object> arguments = Map.of("symbol", "XLM", "deep", Map.of("b", List.of(1, 2), "a", true));
		try (Agent agent = wire.serve(paid(SettlementTiming.AT_COMMIT), false, List.of(quote()))) {
			PaymentPayload payment = identified(agent, arguments);
			CallToolResult first = agent.pay("quote", arguments, payment);
			CallToolResult second = agent.pay("quote", arguments, payment);
			assertThat(Agent.text(first)).isEqualTo("run 1 for XLM");
			assertThat(second).isEqualTo(first);
			assertThat(this.runs).hasValue(1);
			assertThat(this.facilitator.settled()).hasSize(1);
			assertThat(this.replayed).containsExactly("quote");
			assertThat(Agent.terms(agent.pay("quote", Map.of("symbol", "BTC"), payment)).error())
				.isEqualTo("payment_identifier_conflict");
			assertThat(this.runs).hasValue(1);
		}
	}

	@ParameterizedTest
	@EnumSource(SettlementTiming.class)
	void aCallWhosePaymentIsNotKnownRunsAgainAndIsChargedOnce(SettlementTiming timing) throws Exception {
		Map<String, Object> arguments = Map.of("symbol", "XLM");
		try (Agent agent = Wire.STATELESS.serve(paid(timing), false, List.of(quote()))) {
			PaymentPayload payment = identified(agent, arguments);
			this.facilitator.forget();
			CallToolResult lost = agent.pay("quote", arguments, payment);
			assertThat(Agent.terms(lost).error()).isEqualTo("settlement_unknown");
			this.facilitator.approve();
			CallToolResult found = agent.pay("quote", arguments, payment);
			assertThat(Agent.text(found)).startsWith("run ").endsWith(" for XLM");
			assertThat(Agent.receipt(found)).extracting(SettleResponse::success).isEqualTo(true);
			assertThat(agent.pay("quote", arguments, payment)).isEqualTo(found);
		}
	}

	@Test
	void withoutTheStoreOfAnswersNothingRunsAndNothingIsCharged() throws Exception {
		Map<String, Object> arguments = Map.of("symbol", "XLM");
		AtomicBoolean away = new AtomicBoolean(true);
		ResponseStore store = ResponseStore.inMemory();
		PaidTools paid = PaidTools.builder(new PaymentGate(this.facilitator))
			.price("quote", PaidToolsTests.route("quote", "0.05"))
			.responseStore((key, request) -> {
				if (away.get()) {
					throw new AnswersUnavailableException("out of reach", null);
				}
				return store.claim(key, request);
			})
			.build();
		try (Agent agent = Wire.STATELESS.serve(paid, false, List.of(quote()))) {
			PaymentPayload payment = identified(agent, arguments);
			CallToolResult refused = agent.pay("quote", arguments, payment);
			assertThat(refused.isError()).isTrue();
			assertThat(Agent.terms(refused).error()).isEqualTo("answers_unavailable");
			assertThat(this.runs).hasValue(0);
			assertThat(this.facilitator.settled()).isEmpty();
			away.set(false);
			assertThat(Agent.text(agent.pay("quote", arguments, payment))).isEqualTo("run 1 for XLM");
			assertThat(this.facilitator.settled()).hasSize(1);
		}
	}

	@Test
	void aResultIsOwedForAsLongAsItsToolHasNotRun() throws Exception {
		Map<String, Object> arguments = Map.of("symbol", "XLM");
		PaidTools paid = paid(SettlementTiming.BEFORE_HANDLER, new HastyFacilitator(this.facilitator));
		try (Agent agent = Wire.STATELESS.serve(paid, false, List.of(quote()))) {
			PaymentPayload payment = identified(agent, arguments);
			this.facilitator.forget();
			for (int attempt = 0; attempt < 20; attempt++) {
				assertThat(Agent.terms(agent.pay("quote", arguments, payment)).error()).isEqualTo("settlement_unknown");
			}
			this.facilitator.approve();
			assertThat(Agent.text(agent.pay("quote", arguments, payment))).isEqualTo("run 1 for XLM");
		}
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
	void aCallThatRunsIsNotRunTwice(Wire wire) throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		TestTool slow = TestTool.of("quote", (request, client) -> {
			this.runs.incrementAndGet();
			running.countDown();
			Eventually.opens(end);
			return TestTool.text("slow");
		});
		try (Agent agent = wire.serve(paid(SettlementTiming.AT_COMMIT), true, List.of(slow))) {
			PaymentPayload payment = identified(agent, Map.of());
			CompletableFuture<CallToolResult> first = CompletableFuture
				.supplyAsync(() -> agent.pay("quote", Map.of(), payment));
			Eventually.opens(running);
			assertThat(Agent.terms(agent.pay("quote", Map.of(), payment)).error()).isEqualTo("payment_identifier_busy");
			end.countDown();
			assertThat(Agent.text(first.join())).isEqualTo("slow");
			assertThat(agent.pay("quote", Map.of(), payment)).isEqualTo(first.join());
			assertThat(this.runs).hasValue(1);
			assertThat(this.facilitator.settled()).hasSize(1);
		}
	}

	/** Its settlements are over, or not known, before the gate would ask again. */
	private static final class HastyFacilitator extends DelegatingFacilitator {

		private final Facilitator delegate;

		HastyFacilitator(Facilitator delegate) {
			this.delegate = delegate;
		}

		@Override
		protected Facilitator delegate() {
			return this.delegate;
		}

		@Override
		public Duration settleTimeout() {
			return Duration.ofMillis(100);
		}

	}

}
