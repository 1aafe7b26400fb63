package io.github.x402sessions.mcp;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.core.protocol.PaymentMeta;
import io.github.x402sessions.core.protocol.PaymentRequirements;
import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.core.terms.SettlementTiming;
import io.github.x402sessions.test.ScriptedFacilitator;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What results of paid tools are like, what tools charge, and who decides.
 */
class ToolDetailTests {

	private static final Map<String, Object> SCHEMA = Map.of("type", "object", "properties",
			Map.of("degrees", Map.of("type", "integer")), "required", List.of("degrees"));

	private final ScriptedFacilitator facilitator = ScriptedFacilitator.create();

	private PaidToolsBuilder paid() {
		return PaidTools.builder(new PaymentGate(this.facilitator))
			.price("weather", PaidToolsTests.route("weather", "0.10"));
	}

	private static TestTool structured(CallToolResult result) {
		return new TestTool(Tool.builder("weather", Map.of("type", "object")).outputSchema(SCHEMA).build(),
				(request, client) -> result);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aResultIsPaidForOnlyIfItFitsItsSchema(boolean async) throws Exception {
		CallToolResult fit = CallToolResult.builder().structuredContent(Map.of("degrees", 21)).build();
		try (Agent agent = Wire.STREAMABLE.serve(paid().build(), async, List.of(structured(fit)))) {
			agent.tools();
			CallToolResult bought = agent.buy("weather", Map.of());
			assertThat(bought.structuredContent()).isEqualTo(Map.of("degrees", 21));
			assertThat(Agent.text(bought)).isEqualTo("{\"degrees\":21}");
			assertThat(Agent.receipt(bought)).extracting(SettleResponse::success).isEqualTo(true);
		}
		CallToolResult unfit = CallToolResult.builder().structuredContent(Map.of("degrees", "cormorant")).build();
		try (Agent agent = Wire.STREAMABLE.serve(paid().build(), async, List.of(structured(unfit)))) {
			CallToolResult withheld = agent.buy("weather", Map.of());
			assertThat(withheld.isError()).isTrue();
			assertThat(Agent.receipt(withheld)).isNull();
			assertThat(agent.received()).doesNotContain("cormorant");
		}
		assertThat(this.facilitator.settled()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatAToolSaysInItsMetaIsKeptAndNoReceiptForged(boolean async) throws Exception {
		TestTool tool = TestTool.of("weather",
				(request, client) -> CallToolResult.builder(List.of(TextContent.builder("sun").build()))
					.meta(Map.of("source", "sky", PaymentMeta.RESPONSE, "forged"))
					.build());
		try (Agent agent = Wire.STATELESS.serve(paid().build(), async, List.of(tool))) {
			CallToolResult bought = agent.buy("weather", Map.of());
			assertThat(bought.meta()).containsEntry("source", "sky");
			assertThat(Agent.receipt(bought)).extracting(SettleResponse::success).isEqualTo(true);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aToolChargesStepByStep(boolean async) throws Exception {
		TestTool tool = TestTool.of("weather", (request, client) -> {
			MeteredPayment payment = ToolPayment.metered(request).orElseThrow();
			for (int step = 0; step < (int) request.arguments().get("steps"); step++) {
				payment.charge("0.01");
			}
			return TestTool.text("sun");
		});
		try (Agent agent = Wire.STREAMABLE.serve(paid().build(), async, List.of(tool))) {
			assertThat(Agent.text(agent.buy("weather", Map.of("steps", 3)))).isEqualTo("sun");
			CallToolResult waived = agent.buy("weather", Map.of("steps", 0));
			assertThat(Agent.text(waived)).isEqualTo("sun");
			assertThat(Agent.receipt(waived)).isNull();
			assertThat(this.facilitator.settled()).extracting(PaymentRequirements::baseUnits)
				.containsExactly(new BigInteger("300000"));
		}
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = "STATELESS", mode = EnumSource.Mode.EXCLUDE)
	void notificationsLeaveOnceTheyArePaid(Wire wire) throws Exception {
		TestTool tool = TestTool.of("weather", (request, client) -> {
			client.accept("half way");
			return TestTool.text("sun");
		});
		try (Agent agent = wire.serve(paid().build(), false, List.of(tool))) {
			agent.call("weather", Map.of());
			this.facilitator.refuseToSettle("insufficient_funds");
			agent.buy("weather", Map.of());
			assertThat(agent.received()).doesNotContain("half way");
			this.facilitator.approve();
			agent.buy("weather", Map.of());
			assertThat(agent.received()).containsOnlyOnce("half way");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aListenerDecides(boolean async) throws Exception {
		AtomicBoolean seen = new AtomicBoolean();
		ToolPaymentListener listener = new ToolPaymentListener() {

			@Override
			public Access onCall(ToolCall call, PricedRoute tool) {
				seen.set(call.meta().containsKey(PaymentMeta.PAYMENT));
				return "friend".equals(call.arguments().get("who")) ? Access.GRANT
						: "foe".equals(call.arguments().get("who")) ? Access.DENY : Access.CHARGE;
			}

		};
		TestTool tool = TestTool.of("weather",
				(request, client) -> TestTool.text("sun " + ToolPayment.of(request).isPresent()));
		try (Agent agent = Wire.STREAMABLE.serve(paid().listener(listener).build(), async, List.of(tool))) {
			assertThat(Agent.text(agent.call("weather", Map.of("who", "friend")))).isEqualTo("sun false");
			CallToolResult denied = agent.send("weather", Map.of("who", "foe"), "payment");
			assertThat(denied.isError()).isTrue();
			assertThat(denied.structuredContent()).isNull();
			assertThat(seen).isFalse();
			assertThat(Agent.text(agent.buy("weather", Map.of("who", "you")))).isEqualTo("sun true");
			assertThat(this.facilitator.settled()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatIsDeferredLeavesWithItsCommitment(boolean async) throws Exception {
		ScriptedFacilitator deferring = ScriptedFacilitator.deferring();
		PaidTools paid = PaidTools.builder(new PaymentGate(deferring))
			.price("weather", PaidToolsTests.route("weather", "0.10").withTiming(SettlementTiming.DEFERRED))
			.build();
		TestTool tool = TestTool.of("weather", (request, client) -> TestTool.text("sun"));
		try (Agent agent = Wire.STREAMABLE.serve(paid, async, List.of(tool))) {
			assertThat(Agent.receipt(agent.buy("weather", Map.of())).commitment()).isPresent();
		}
	}

}
