package io.github.x402sessions.mcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.idempotency.PaymentIdentifier;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of tools that do not block, whose clients do not wait for them.
 */
class CancelledCallTests {

	private final ScriptedFacilitator facilitator = ScriptedFacilitator.holding();

	private final AtomicInteger runs = new AtomicInteger();

	private final List<String> threads = new CopyOnWriteArrayList<>();

	private final List<SettleResponse> settled = new CopyOnWriteArrayList<>();

	private final CountDownLatch running = new CountDownLatch(1);

	private final CountDownLatch end = new CountDownLatch(1);

	private final AsyncToolSpecification tool = PaidTools.builder(new PaymentGate(this.facilitator))
		.price("slow", PaidToolsTests.route("slow", "0.05"))
		.listener(new ToolPaymentListener() {

			@Override
			public void beforeSettle(Payment payment) {
				CancelledCallTests.this.threads.add(Thread.currentThread().getName());
			}

			@Override
			public void onSettled(Payment payment, SettleResponse receipt) {
				CancelledCallTests.this.settled.add(receipt);
			}

		})
		.build()
		.wrap(new AsyncToolSpecification(Tool.builder("slow", Map.of("type", "object")).build(),
				(context, request) -> Mono.fromCallable(() -> {
					this.runs.incrementAndGet();
					this.running.countDown();
					Eventually.opens(this.end);
					return TestTool.text("slow");
				}).subscribeOn(Schedulers.boundedElastic())));

	private Mono<CallToolResult> call(Map<String, Object> meta) {
		return this.tool.callHandler()
			.apply(McpTransportContext.EMPTY, CallToolRequest.builder("slow").arguments(Map.of()).meta(meta).build())
			.subscribeOn(Schedulers.parallel());
	}

	@Test
	void aCallThatNobodyWaitsForIsSettledAndKept() {
		CallToolResult challenge = call(Map.of()).block();
		Map<String, Object> meta = Map.of(PaymentMeta.PAYMENT,
				ToolResults.json(PaymentIdentifier.random().in(Agent.payment(challenge))));
		Disposable waiting = call(meta).subscribe();
		Eventually.opens(this.running);
		waiting.dispose();
		this.end.countDown();
		Eventually.isTrue(() -> !this.settled.isEmpty());
		Eventually.isTrue(() -> !Boolean.TRUE.equals(call(meta).block().isError()));
		CallToolResult kept = call(meta).block();
		assertThat(Agent.text(kept)).isEqualTo("slow");
		assertThat(Agent.receipt(kept)).isEqualTo(this.settled.get(0));
		assertThat(this.runs).hasValue(1);
		assertThat(this.facilitator.settled()).hasSize(1);
		assertThat(this.threads).singleElement().asString().startsWith("x402-settlement-");
	}

}
